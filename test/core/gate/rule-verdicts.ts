import type { Finding } from '../../../src/core/finding/finding.ts';
import type {
  CheckedEvidence,
  CheckedRequirement,
  CheckedRule,
  UnansweredItem,
} from '../../../src/core/gate/check-result.ts';
import type { RuleVerdict } from '../../../src/core/gate/rule-verdict.ts';
import { checkedRule } from './values.ts';

export const met: RuleVerdict = {
  shown: checkedRule(),
  authorOpen: false,
  strangers: [],
  rejectedBy: [],
  unsigned: [],
  lonely: false,
  exceptedBy: [],
};
export const withRule = (
  more: Partial<CheckedRule>,
  other: Partial<RuleVerdict> = {},
): RuleVerdict => ({
  ...met,
  ...other,
  shown: checkedRule({ state: 'unmet', ...more }),
});
export const unanswered = (...items: readonly UnansweredItem[]): RuleVerdict =>
  withRule({ checklist: { name: 'model-change', unanswered: items } });
export const evidence = (more: Partial<CheckedEvidence>, authorOpen = true): RuleVerdict =>
  withRule(
    { evidence: [{ kind: 'result', state: 'unmet', ref: null, lacks: 'substance', ...more }] },
    { authorOpen },
  );
export const requirement = (more: Partial<CheckedRequirement>): RuleVerdict =>
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
export const [ofOthers, ofAuthor] = [
  ['error', 'warning', 'warning'],
  ['error', 'error', 'warning'],
] as const;

export const rows: readonly {
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
];
