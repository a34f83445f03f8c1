import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Finding } from '../../../src/core/finding/finding.ts';
import type {
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
  Stage,
  UnansweredItem,
} from '../../../src/core/gate/check-result.ts';
import { ruleFindings } from '../../../src/core/gate/rule-findings.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { checkedRule } from './values.ts';

const met: RuleVerdict = {
  shown: checkedRule(),
  authorOpen: false,
  strangers: [],
  rejectedBy: [],
  unsigned: [],
  lonely: false,
  exceptedBy: [],
};
const withRule = (more: Partial<CheckedRule>, other: Partial<RuleVerdict> = {}): RuleVerdict => ({
  ...met,
  ...other,
  shown: checkedRule({ state: 'unmet', ...more }),
});
const unanswered = (...items: readonly UnansweredItem[]): RuleVerdict =>
  withRule({ checklist: { name: 'model-change', unanswered: items } });
const evidence = (more: Partial<CheckedEvidence>, authorOpen = true): RuleVerdict =>
  withRule(
    { evidence: [{ kind: 'result', state: 'unmet', ref: null, lacks: 'substance', ...more }] },
    { authorOpen },
  );
const requirement = (more: Partial<CheckedRequirement>): RuleVerdict =>
  withRule({
    requirements: [
      {
        role: 'validator',
        need: 1,
        have: 0,
        independent: false,
        by: [],
        state: 'unmet',
        could: ['ben', 'cy'],
        ...more,
      },
    ],
  });

/** Severity of a finding at the stages `all`, `author` and `records`: of what others have to do, and of what the author can do alone. */
const [ofOthers, ofAuthor] = [
  ['error', 'warning', 'warning'],
  ['error', 'error', 'warning'],
] as const;

const rows: readonly {
  readonly name: string;
  readonly verdict: RuleVerdict;
  readonly severities: readonly Finding['severity'][] | null;
  readonly code?: string;
  readonly says?: RegExp;
  readonly fix?: RegExp;
}[] = [
  { name: 'a rule that is met', verdict: met, severities: null },
  {
    name: 'a reject',
    verdict: { ...met, rejectedBy: ['ben'] },
    severities: ofOthers,
    code: 'signoff/rejected',
    says: /^model-change: ben rejected/,
    fix: /countersign sign --rule model-change$/,
  },
  {
    name: 'a reject with its reason',
    verdict: {
      ...met,
      rejectedBy: ['ben'],
      shown: checkedRule({
        rejects: [
          {
            file: 'c.yaml',
            person: 'cy',
            role: 'validator',
            reason: 'mine',
            signed_at: 's',
            moved: [],
          },
          {
            file: 'b.yaml',
            person: 'ben',
            role: 'validator',
            reason: 'it is unfair',
            signed_at: 's',
            moved: [],
          },
        ],
      }),
    },
    severities: ofOthers,
    code: 'signoff/rejected',
    says: /^model-change: ben rejected this change: it is unfair$/,
  },
  {
    name: 'a reject without a reason',
    verdict: {
      ...met,
      rejectedBy: ['ben'],
      shown: checkedRule({
        rejects: [
          {
            file: 'b.yaml',
            person: 'ben',
            role: 'validator',
            reason: null,
            signed_at: 's',
            moved: [],
          },
        ],
      }),
    },
    severities: ofOthers,
    code: 'signoff/rejected',
    says: /^model-change: ben rejected this change$/,
  },
  {
    name: 'a result that was not computed again',
    verdict: withRule({
      evidence: [{ kind: 'result', state: 'met', ref: 'r.json', recomputed: false }],
    }),
    severities: ['warning', 'warning', 'warning'],
    code: 'evidence/not-recomputed',
    says: /^model-change: r\.json has to be computed again/,
    fix: /^countersign check$/,
  },
  {
    name: 'a result that was computed again',
    verdict: withRule({
      evidence: [{ kind: 'result', state: 'met', ref: 'r.json', recomputed: true }],
    }),
    severities: null,
  },
  {
    name: 'a result on data that git does not have',
    verdict: withRule({
      evidence: [{ kind: 'result', state: 'met', ref: 'r.json', unverified: ['wages.csv'] }],
    }),
    severities: ['warning', 'warning', 'warning'],
    code: 'evidence/unverified',
    says: /wages\.csv, which is unverified/,
    fix: /git lfs track/,
  },
  {
    name: 'a result that says how to mend it',
    verdict: evidence({ why: 'x', fix: 'npm ci' }),
    severities: ofAuthor,
    code: 'evidence/result',
    fix: /^npm ci$/,
  },
  {
    name: 'a result of an evaluation',
    verdict: evidence({ why: 'x', ref: '.countersign/results/EV-0A1/r.json' }),
    severities: ofAuthor,
    code: 'evidence/result',
    fix: /^measure again: countersign evaluate EV-0A1$/,
  },
  {
    name: 'a result that no evaluation is named for',
    verdict: evidence({ why: 'x' }),
    severities: ofAuthor,
    code: 'evidence/result',
    fix: /countersign new evaluation$/,
  },
  ...(
    [
      ['feedback', /^name more feedback in \.countersign\/decisions\/DR-0A1\.yaml/],
      ['rollback', /DR-0A1\.yaml: rollback: \{plan/],
      ['rollout', /DR-0A1\.yaml: rollout: \{kind/],
      ['escalation', /DR-0A1\.yaml: escalation: \{when/],
      ['review', /countersign review list DR-0A1$/],
    ] as const
  ).map(([kind, fix]) => ({
    name: `a decision that does not do: ${kind}`,
    verdict: evidence({ kind, why: 'x', ref: 'DR-0A1' }),
    severities: ofAuthor,
    code: `evidence/${kind}`,
    fix,
  })),
  {
    name: 'no decision at all',
    verdict: evidence({ kind: 'rollback', why: 'x' }),
    severities: ofAuthor,
    code: 'evidence/rollback',
    fix: /countersign new decision$/,
  },
  {
    name: 'an author whom nobody knows',
    verdict: { ...met, strangers: ['mallory@example.org'] },
    severities: ofAuthor,
    code: 'author/unknown',
    says: /mallory@example\.org/,
    fix: /--vouch/,
  },
  {
    name: 'an author whom nobody knows and who is not at work now',
    verdict: { ...met, strangers: ['mallory@example.org'], outsiders: ['mallory@example.org'] },
    severities: ofOthers,
    code: 'author/unknown',
    says: /mallory@example\.org/,
    fix: /: countersign sign --vouch mallory@example\.org$/,
  },
  {
    name: 'a commit without a signature',
    verdict: { ...met, unsigned: ['0123456789abcdef'] },
    severities: ofAuthor,
    code: 'author/unsigned',
    says: /commit 0123456789ab carries/,
    fix: /--gpg-sign/,
  },
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

for (const { name, verdict, severities, code, says, fix } of rows) {
  test(`what is open in a rule: ${name}`, () => {
    for (const [index, stage] of (
      ['all', 'author', 'records'] satisfies readonly Stage[]
    ).entries()) {
      const found = ruleFindings(verdict, stage);
      assert.deepEqual(
        found.map((finding) => [finding.code, finding.severity]),
        severities === null ? [] : [[code, severities[index]]],
      );
      if (says) assert.match(found[0]?.message ?? '', says);
      if (fix) assert.match(found[0]?.fix ?? '', fix);
    }
  });
}
