import { playCases } from './kit/cases.ts';
import {
  decided,
  decisionPath,
  evaluation,
  evaluationPath,
  measured,
  put,
  scores,
  sign,
} from './kit/measured.ts';
import type { ModelRepo } from './kit/model-repo.ts';
import { modelRule, policyWithRule } from './kit/policy.ts';

const asking = (kind: string, more: object = {}) => ({
  policy: policyWithRule({
    require: [...modelRule.require, { role: 'ethics', count: 1, from_risk: 'high' }],
    evidence: [{ kind, ...more }],
  }),
});
const byDecision = asking('decision', { covers: 'changed-files' });
const event = (type: string, at: string): string =>
  `schema: countersign/review@1\nthread: t1\nrecord: DR-WHY001\ntype: ${type}\nbody: look at this\nby: ben@example.org\nat: ${at}\n`;
const threads = '.countersign/reviews/DR-WHY001/';
const opened = { [`${threads}e1.yaml`]: event('comment', '2026-11-20T00:00:00Z') };

/** The usual change, with other files of the author's, and signed by both who list some of them. */
const brought =
  (files: Readonly<Record<string, string>>, listed: readonly string[]) =>
  async (repo: ModelRepo): Promise<void> => {
    await repo.change();
    await put(repo, files);
    await sign(repo, ...listed);
  };

const nested = '.countersign/decisions/deeper/DR-WHY001.yaml';
const resolve = event('resolve', '2026-11-21T00:00:00Z');

/** The result as a link, whose target is the text of the result. */
async function asLink(repo: ModelRepo): Promise<void> {
  const path = await measured(repo);
  const evidence = await Promise.all(
    [decisionPath, path].map(async (file) => ({ path: file, sha256: await repo.sha256(file) })),
  );
  await repo.git(
    'update-index',
    '--cacheinfo',
    `120000,${await repo.git('rev-parse', `HEAD:${path}`)},${path}`,
  );
  await repo.gitAs('ada', ['commit', '-qm', 'a link']);
  for (const [who, role] of [
    ['ada', 'model-owner'],
    ['ben', 'validator'],
  ] as const) {
    await repo.git('add', await repo.signoff(who, role, { payload: { evidence }, commit: false }));
    await repo.gitAs(who, ['commit', '-qm', 'sign']);
  }
}

playCases('a record where no record lies', [
  {
    name: 'a decision in its place',
    want: 'pass',
    begin: byDecision,
    play: brought({ [decisionPath]: decided() }, [decisionPath]),
  },
  {
    name: 'a decision in a folder below',
    want: ['fail', 'evidence/decision'],
    byCommand: true,
    begin: byDecision,
    play: brought({ [nested]: decided() }, [nested]),
  },
  {
    name: 'a decision with another ending',
    want: ['fail', 'evidence/decision'],
    begin: byDecision,
    play: brought({ '.countersign/decisions/DR-WHY001.yml': decided() }, [
      '.countersign/decisions/DR-WHY001.yml',
    ]),
  },
  {
    name: 'an open thread resolved in its place',
    want: 'pass',
    begin: { ...asking('review'), files: opened },
    play: brought({ [decisionPath]: decided(), [`${threads}e2.yaml`]: resolve }, [
      decisionPath,
      `${threads}e2.yaml`,
    ]),
  },
  {
    name: 'an open thread resolved in a folder below',
    want: ['fail', 'evidence/review'],
    byCommand: true,
    begin: { ...asking('review'), files: opened },
    play: brought({ [decisionPath]: decided(), [`${threads}deeper/e2.yaml`]: resolve }, [
      decisionPath,
    ]),
  },
  {
    name: 'a result that is a link',
    want: ['fail', 'evidence/result'],
    begin: {
      ...asking('result'),
      policy: policyWithRule({ evidence: [{ kind: 'result' }] }, { repository_settings: 'off' }),
      files: { 'data/scores.csv': scores, [evaluationPath]: evaluation() },
    },
    play: asLink,
  },
]);

const laterFinding = event('finding', '2026-11-22T00:00:00Z').replace('ben@', 'ada@');

playCases('a thread that somebody gives more time', [
  {
    name: 'an open comment, beside which the author writes a finding that has time',
    want: ['fail', 'evidence/review'],
    begin: { ...asking('review'), files: opened },
    play: brought(
      { [decisionPath]: decided(), [`${threads}e2.yaml`]: `${laterFinding}due: 2099-01-01\n` },
      [decisionPath],
    ),
  },
  {
    name: 'a finding without a day, beside which the author writes one that has time',
    want: ['fail', 'evidence/review'],
    begin: {
      ...asking('review'),
      files: { [`${threads}e1.yaml`]: event('finding', '2026-11-20T00:00:00Z') },
    },
    play: brought(
      { [decisionPath]: decided(), [`${threads}e2.yaml`]: `${laterFinding}due: 2099-01-01\n` },
      [decisionPath],
    ),
  },
  {
    name: 'a finding that is overdue, beside which the author writes one that has time',
    want: ['fail', 'evidence/review'],
    begin: {
      ...asking('review'),
      files: {
        [`${threads}e1.yaml`]: `${event('finding', '2026-11-20T00:00:00Z')}due: 2026-11-22\n`,
      },
    },
    play: brought(
      { [decisionPath]: decided(), [`${threads}e2.yaml`]: `${laterFinding}due: 2099-01-01\n` },
      [decisionPath],
    ),
  },
  {
    name: 'two findings that have time, and a reply',
    want: 'pass',
    begin: {
      ...asking('review'),
      files: {
        [`${threads}e1.yaml`]: `${event('finding', '2026-11-20T00:00:00Z')}due: 2026-12-22\n`,
      },
    },
    play: brought(
      {
        [decisionPath]: decided(),
        [`${threads}e2.yaml`]: `${laterFinding}due: 2099-01-01\n`,
        [`${threads}e3.yaml`]: event('reply', '2026-11-23T00:00:00Z'),
      },
      [decisionPath],
    ),
  },
]);
