import type { Finding } from '../../../src/core/finding/finding.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import {
  evidence,
  ofAuthor,
  ofOthers,
  requirement,
  unanswered,
  withRule,
} from './rule-verdicts.ts';

export const answerRows: readonly {
  readonly name: string;
  readonly verdict: RuleVerdict;
  readonly severities: readonly Finding['severity'][] | null;
  readonly code?: string;
  readonly says?: RegExp;
  readonly fix?: RegExp;
}[] = [
  {
    name: 'what the author has not answered',
    verdict: unanswered({ id: 'tests-pass', by: 'author', answer: 'none' }),
    severities: ofAuthor,
    code: 'checklist/unanswered',
    says: /the author has not answered "tests-pass" of the checklist model-change$/,
    fix: /^countersign sign --rule model-change$/,
  },
  {
    name: 'what the author left out without a reason',
    verdict: unanswered({ id: 'fair', by: 'author', answer: 'without-reason' }),
    severities: ofAuthor,
    code: 'checklist/unanswered',
    says: /the author gave no reason for leaving out "fair"/,
  },
  {
    name: 'what a signer has not answered',
    verdict: unanswered({ id: 'fair', by: 'ben', answer: 'none' }),
    severities: ofOthers,
    code: 'checklist/unanswered',
    says: /: ben has not answered/,
  },
  {
    name: 'what no signer came to answer',
    verdict: unanswered({ id: 'fair', by: 'signer', answer: 'none' }),
    severities: ofOthers,
    code: 'checklist/unanswered',
    says: /: nobody answered/,
  },
  {
    name: 'what a signer answered with no',
    verdict: unanswered({ id: 'fair', by: 'ben', answer: 'no' }),
    severities: ofAuthor,
    code: 'checklist/no',
    says: /: ben answered no to "fair"/,
  },
  {
    name: 'evidence that is not good enough',
    verdict: evidence({ why: 'EV-1 has no result; run: countersign evaluate EV-1' }),
    severities: ofAuthor,
    code: 'evidence/result',
    says: /^model-change: EV-1 has no result/,
    fix: /^countersign evaluate EV-1$/,
  },
  {
    name: 'evidence that only others lack',
    verdict: evidence({ why: 'x' }, false),
    severities: ofOthers,
    code: 'evidence/result',
  },
  {
    name: 'evidence that is mended by a step of its own',
    verdict: evidence({ why: 'EV-0A1: recall is 0.4', fix: 'measure more rows' }),
    severities: ofAuthor,
    code: 'evidence/result',
    fix: /^measure more rows$/,
  },
  {
    name: 'evidence without a word',
    verdict: evidence({ kind: 'decision' }),
    severities: ofAuthor,
    code: 'evidence/decision',
    says: /evidence of kind decision is missing$/,
    fix: /countersign new decision$/,
  },
  {
    name: 'evidence that nobody listed',
    verdict: evidence({ lacks: 'citation', why: 'r.json is not listed' }),
    severities: ofOthers,
    code: 'evidence/not-cited',
    fix: /^an independent reviewer signs: countersign sign --rule model-change$/,
  },
  {
    name: 'evidence that an exception stands in for',
    verdict: evidence({ state: 'excepted' }),
    severities: null,
  },
  { name: 'evidence that is there', verdict: evidence({ state: 'met' }), severities: null },
  {
    name: 'an approval that is missing',
    verdict: requirement({}),
    severities: ofOthers,
    code: 'requirement/unmet',
    says: /^model-change: 1 validator missing; ben or cy could$/,
    fix: /^ben or cy runs: countersign sign --rule model-change --role validator$/,
  },
  {
    name: 'several that are missing',
    verdict: requirement({ need: 3, have: 1, independent: true, could: ['ben'] }),
    severities: ofOthers,
    code: 'requirement/unmet',
    says: /: 2 independent validators missing; ben could$/,
  },
  {
    name: 'one that nobody could give',
    verdict: requirement({ could: [] }),
    severities: ofOthers,
    code: 'requirement/unmet',
    says: /nobody else could$/,
    fix: /^give someone the role validator by a policy change$/,
  },
  {
    name: 'an approval that an exception stands in for',
    verdict: requirement({ state: 'excepted' }),
    severities: null,
  },
  {
    name: 'an approval in a rule that was rejected',
    verdict: requirement({ state: 'rejected' }),
    severities: null,
  },
  {
    name: 'one person alone',
    verdict: withRule({}, { lonely: true }),
    severities: ofOthers,
    code: 'requirement/one-person',
    says: /two persons must approve it$/,
    fix: /countersign sign --rule model-change$/,
  },
  {
    name: 'one person alone, and an exception',
    verdict: withRule({ state: 'excepted' }, { lonely: true }),
    severities: null,
  },
];
