import { playCases, type Case } from './kit/cases.ts';
import {
  decided,
  decisionPath,
  evaluation,
  evaluationPath,
  measure,
  put,
  scores,
  sign,
} from './kit/measured.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { policyWithRule } from './kit/policy.ts';

const second = '.countersign/decisions/DR-WHY002.yaml';
const strictPath = '.countersign/evaluations/EV-STRCT.yaml';
const event = (type: string, at: string): string =>
  `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: ${type}\nbody: look again\nby: ben@example.org\nat: ${at}\n`;
const comment = {
  '.countersign/reviews/DR-WHY001/e1.yaml': event('comment', '2026-11-20T00:00:00Z'),
};
const resolve = '.countersign/reviews/DR-WHY001/e2.yaml';
const superseding = decided('supersedes: [DR-WHY001]\n', 'DR-WHY002');
const open = ['fail', 'evidence/review'] as const;
const leftBehind = ['fail', 'evidence/left-behind'] as const;

const reviewed = {
  policy: policyWithRule({ evidence: [{ kind: 'review' }] }),
  files: { [decisionPath]: decided(), ...comment },
};

const aboutEvaluation = {
  ...reviewed,
  files: {
    [decisionPath]: decided('evaluations: [EV-BAR1]\n'),
    [evaluationPath]: evaluation(),
    '.countersign/reviews/EV-BAR1/e1.yaml': event('comment', '2026-11-20T00:00:00Z').replace(
      'DR-WHY001',
      'EV-BAR1',
    ),
  },
};

/** The usual change with another decision in place of the first, which becomes something else, or goes. */
const instead =
  (first: string | null): Case['play'] =>
  async (repo) => {
    await repo.change();
    await takeOff(repo, first);
    await put(repo, { [second]: superseding });
    await sign(repo, second);
  };

async function takeOff(repo: ModelRepo, first: string | null): Promise<void> {
  if (first !== null) return put(repo, { [decisionPath]: first });
  await repo.git('rm', '-q', decisionPath);
  await repo.commit('gone', 'ada');
}

const away = [
  ['superseding it', decided('status: superseded\n')],
  ['rejecting it', decided('status: rejected\n')],
  ['deleting it', null],
  ['narrowing what it governs', decided('governs: ["docs/**"]\n')],
] as const;

playCases('an open thread about the decision that stands', [
  ...away.map(
    ([how, first]): Case => ({
      name: `is not left behind by ${how}`,
      want: open,
      begin: reviewed,
      play: instead(first),
    }),
  ),
  ...away.map(
    ([how, first]): Case => ({
      name: `nor by ${how} before the change`,
      want: leftBehind,
      begin: reviewed,
      play: (repo) => takeOff(repo, first),
    }),
  ),
  {
    name: 'is asked about once the decision was superseded',
    want: open,
    begin: {
      ...reviewed,
      files: {
        [decisionPath]: decided('status: superseded\n'),
        [second]: superseding,
        ...comment,
      },
    },
    play: async (repo) => {
      await repo.change();
      await sign(repo, second);
    },
  },
  {
    name: 'is settled with the change, and the signatures say so',
    want: 'pass',
    begin: reviewed,
    byCommand: true,
    play: async (repo) => {
      await repo.change();
      await put(repo, {
        [decisionPath]: decided('status: superseded\n'),
        [second]: superseding,
        [resolve]: event('resolve', '2026-11-21T00:00:00Z'),
      });
      await sign(repo, second, resolve);
    },
  },
  {
    name: 'is settled before, and the decision goes',
    want: 'pass',
    begin: {
      ...reviewed,
      files: { ...reviewed.files, [resolve]: event('resolve', '2026-11-21T00:00:00Z') },
    },
    play: (repo) => takeOff(repo, null),
  },
  {
    name: 'about its evaluation is not left behind by naming that no more',
    want: leftBehind,
    begin: aboutEvaluation,
    play: (repo) => put(repo, { [decisionPath]: decided() }),
  },
  {
    name: 'about its evaluation goes on where another decision over the files names that',
    want: 'pass',
    begin: aboutEvaluation,
    play: (repo) =>
      put(repo, {
        [decisionPath]: decided(),
        [second]: decided('evaluations: [EV-BAR1]\n', 'DR-WHY002'),
      }),
  },
  {
    name: 'holds back no edit of the decision that leaves it where it is',
    want: 'pass',
    begin: reviewed,
    play: (repo) => put(repo, { [decisionPath]: decided('risk: medium\n') }),
  },
]);

const strict = (value: number): string => evaluation(value).replaceAll('EV-BAR1', 'EV-STRCT');
const measuredBy = (value: number) => ({
  policy: policyWithRule({ evidence: [{ kind: 'result', verdict: 'pass' }] }),
  files: {
    'data/scores.csv': scores,
    [decisionPath]: decided('evaluations: [EV-STRCT]\n'),
    [strictPath]: strict(value),
  },
});

/** The usual change with a second decision, which names an easier evaluation, and what becomes of the first. */
const easier =
  (first: string | null | undefined, ...more: readonly string[]): Case['play'] =>
  async (repo) => {
    await repo.change();
    if (first !== undefined) await takeOff(repo, first);
    await put(repo, {
      [second]: decided('evaluations: [EV-BAR1]\n', 'DR-WHY002'),
      [evaluationPath]: evaluation(),
    });
    const results = [];
    for (const id of ['EV-BAR1', ...more]) results.push(await measure(repo, id));
    await sign(repo, second, ...results);
  };

playCases('a failing evaluation of the decision that stands', [
  {
    name: 'is not left behind by a second decision',
    want: ['fail', 'evidence/result'],
    begin: measuredBy(0.99),
    byCommand: true,
    play: easier(undefined, 'EV-STRCT'),
  },
  {
    name: 'nor where nobody measured it',
    want: ['fail', 'evidence/result'],
    begin: measuredBy(0.99),
    play: easier(undefined),
  },
  {
    name: 'nor by superseding its decision',
    want: ['fail', 'evidence/result'],
    begin: measuredBy(0.99),
    play: easier(decided('status: superseded\nevaluations: [EV-STRCT]\n'), 'EV-STRCT'),
  },
  {
    name: 'nor by naming another in the decision itself',
    want: ['fail', 'evidence/result'],
    begin: measuredBy(0.99),
    play: easier(decided('evaluations: [EV-BAR1]\n'), 'EV-STRCT'),
  },
  {
    name: 'and one that passes holds nothing back',
    want: 'pass',
    begin: measuredBy(0.4),
    play: easier(undefined, 'EV-STRCT'),
  },
  {
    name: 'is named where its decision goes before the change',
    want: ['pass', 'evidence/dropped'],
    begin: measuredBy(0.99),
    play: (repo) => takeOff(repo, null),
  },
  {
    name: 'is named where its decision names it no more, before the change',
    want: ['pass', 'evidence/dropped'],
    begin: measuredBy(0.99),
    play: (repo) => put(repo, { [decisionPath]: decided() }),
  },
  {
    name: 'is named where it is made easier before the change',
    want: ['pass', 'evidence/plan-changed'],
    begin: measuredBy(0.99),
    play: (repo) => put(repo, { [strictPath]: strict(0.4) }),
  },
  {
    name: 'is named where another of before is enough',
    want: ['pass', 'evidence/passed-over'],
    begin: {
      ...measuredBy(0.99),
      files: {
        ...measuredBy(0.99).files,
        [second]: decided('evaluations: [EV-BAR1]\n', 'DR-WHY002'),
        [evaluationPath]: evaluation(),
      },
    },
    play: async (repo) => {
      await repo.change();
      await sign(repo, second, await measure(repo));
    },
  },
]);
