import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvedBytes } from '../../src/app/approved.ts';
import { audit } from '../../src/app/audit.ts';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { preparedText } from '../../src/cli/sign-text.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { assertJudged, judge, type Question } from './kit/judged.ts';
import { freshFolder, ModelRepo, raisedText } from './kit/model-repo.ts';
import {
  decisionPath,
  evaluated,
  evaluation,
  evaluationPath,
  measure,
  measured,
  measuring,
  put,
  rewritten,
  scores,
  sign,
} from './kit/measured.ts';
import { type PolicyValue, policyWithRule } from './kit/policy.ts';
import { must } from './kit/processes.ts';

const dataPath = 'data/scores.csv';
/** Data on which the target fails. */
const bad = `label,prediction\n${'1,1\n'.repeat(60)}${'1,0\n'.repeat(500)}`;

const byResult = (
  data: Readonly<Record<string, string>> = { [dataPath]: scores },
  more: PolicyValue = {},
) => ({
  policy: policyWithRule({ evidence: [{ kind: 'result', verdict: 'pass', ...more }] }),
  files: { ...data, [evaluationPath]: evaluation() },
});

/** The usual change, measured on data that lie in the working tree alone. */
async function measuredOn(repo: ModelRepo, data: string): Promise<string> {
  await repo.change();
  await put(repo, { [decisionPath]: measuring });
  repo.write(dataPath, data);
  const path = await evaluated(repo);
  await repo.git('add', path);
  await repo.gitAs('ada', ['commit', '-q', '--no-verify', '-m', 'measured']);
  return path;
}

/** The same, signed; the data in the working tree are put back as git has them. */
const signedOn =
  (data: string) =>
  async (repo: ModelRepo): Promise<void> => {
    const path = await measuredOn(repo, data);
    await repo.git('checkout', '-q', '--', 'data');
    await sign(repo, decisionPath, path);
  };

const pointerOf = (text: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${createHash('sha256').update(text).digest('hex')}\nsize ${text.length}\n`;
const outside = { '.gitignore': '/data/*.csv\n' };

playCases('data that a result was measured on', [
  {
    name: 'as they land',
    want: 'pass',
    begin: byResult(),
    byCommand: true,
    play: signedOn(scores),
  },
  {
    name: 'doctored, and never committed',
    want: ['fail', 'evidence/result'],
    begin: byResult({ [dataPath]: bad }),
    byCommand: true,
    play: signedOn(scores),
  },
  {
    name: 'that moved after it was measured',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await put(repo, { [dataPath]: bad });
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that moved on the target',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      await repo.onMain(dataPath, bad);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are named as they never were',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace(`"path": "${dataPath}"`, '"path": "data/other.csv"'),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are not named at all',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        JSON.stringify({ ...JSON.parse(text), inputs: [] }),
      );
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that are a link by now',
    want: ['fail', 'evidence/result'],
    begin: byResult(),
    play: async (repo) => {
      const path = await measured(repo);
      const oid = (await repo.gitBytes(['hash-object', '-w', '--stdin'], { input: 'other.csv' }))
        .toString()
        .trim();
      await repo.git('update-index', '--add', '--cacheinfo', `120000,${oid},${dataPath}`);
      await repo.gitAs('ada', ['commit', '-qm', 'link']);
      await repo.git('checkout', '-q', '-f', 'HEAD');
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that git does not have',
    want: ['pass', 'evidence/unverified'],
    begin: byResult(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      const path = await measured(repo);
      await sign(repo, decisionPath, path);
    },
  },
  {
    name: 'that a pointer of LFS stands for',
    want: 'pass',
    begin: byResult({ [dataPath]: pointerOf(scores) }),
    play: signedOn(scores),
  },
  {
    name: 'that another pointer of LFS stands for',
    want: ['fail', 'evidence/result'],
    begin: byResult({ [dataPath]: pointerOf(bad) }),
    play: signedOn(scores),
  },
]);

const again = (data: Readonly<Record<string, string>> = { [dataPath]: scores }) =>
  byResult(data, { verify: 'recompute' });
const signed = async (repo: ModelRepo): Promise<string> => {
  const path = await measured(repo);
  await sign(repo, decisionPath, path);
  return path;
};

/** A clone as a job of CI makes it: the history, and nothing checked out. */
async function withoutFiles(repo: ModelRepo): Promise<Question> {
  const dir = join(await freshFolder(), 'clone');
  await must('git', ['clone', '-q', '--no-checkout', `file://${repo.dir}`, dir]);
  await must('git', ['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main'], {
    cwd: dir,
  });
  return { dir, range: 'origin/main...origin/change', recompute: true };
}

/** Counts that the data do not give, under data that are named as they are. */
const forge = (repo: ModelRepo, path: string): Promise<string> =>
  rewritten(repo, path, (text) =>
    text.replaceAll('"tp": 60', '"tp": 65').replaceAll('"fn": 5', '"fn": 0'),
  );
const few = {
  ...again(),
  policy: policyWithRule(
    { evidence: [{ kind: 'result', verdict: 'pass', verify: 'recompute' }] },
    { privacy: { min_cell: 10 } },
  ),
};

playCases('a result that is computed again', [
  {
    name: 'in a working tree that holds something else',
    want: 'pass',
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      const path = await signed(repo);
      repo.write(dataPath, bad);
      repo.write(evaluationPath, evaluation(0.99));
      repo.write(path, '{}');
      return { recompute: true };
    },
  },
  {
    name: 'in a clone without a checkout',
    want: 'pass',
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      await signed(repo);
      return withoutFiles(repo);
    },
  },
  {
    name: 'forged, in a clone without a checkout',
    want: ['fail', 'evidence/result'],
    begin: again(),
    byCommand: true,
    play: async (repo) => {
      const path = await forge(repo, await measured(repo));
      await sign(repo, decisionPath, path);
      return withoutFiles(repo);
    },
  },
  {
    name: 'forged, in a working tree whose data give it',
    want: ['fail', 'evidence/result'],
    begin: again(),
    play: async (repo) => {
      const path = await forge(repo, await measured(repo));
      await sign(repo, decisionPath, path);
      repo.write(dataPath, scores.replaceAll('1,0\n', '1,1\n'));
      return { recompute: true };
    },
  },
  {
    name: 'of few people, whose counts are not stored',
    want: 'pass',
    begin: few,
    play: async (repo) => {
      await signed(repo);
      return { recompute: true };
    },
  },
  {
    name: 'of few people, forged',
    want: ['fail', 'evidence/result'],
    begin: { ...few, files: { ...few.files, [evaluationPath]: evaluation(0.99) } },
    play: async (repo) => {
      const path = await rewritten(repo, await measured(repo), (text) =>
        text.replace('"verdict": "fail"', '"verdict": "pass"'),
      );
      await sign(repo, decisionPath, path);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that lie here',
    want: ['pass', 'evidence/unverified'],
    begin: again(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that lie here otherwise',
    want: ['fail', 'evidence/result'],
    begin: again(outside),
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      repo.write(dataPath, bad);
      return { recompute: true };
    },
  },
  {
    name: 'on data that git does not have and that do not lie here',
    want: ['fail', 'evidence/result'],
    begin: again(outside),
    byCommand: true,
    play: async (repo) => {
      repo.write(dataPath, scores);
      await signed(repo);
      return withoutFiles(repo);
    },
  },
  {
    name: 'on data that a pointer stands for and that lie here',
    want: 'pass',
    begin: again({ [dataPath]: pointerOf(scores) }),
    play: async (repo) => {
      await signedOn(scores)(repo);
      repo.write(dataPath, scores);
      return { recompute: true };
    },
  },
  {
    name: 'on data that a pointer stands for and that do not lie here',
    want: ['fail', 'evidence/result'],
    begin: again({ [dataPath]: pointerOf(scores) }),
    play: async (repo) => {
      await signedOn(scores)(repo);
      return { recompute: true };
    },
  },
  {
    name: 'where the check does not do that',
    want: ['pass', 'evidence/not-recomputed'],
    begin: again(),
    play: async (repo) => {
      await signed(repo);
    },
  },
]);

test('what was computed again before it landed is signed in the audit, which says that it was not computed again there', async () => {
  const repo = await ModelRepo.make(again());
  await signed(repo);
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  const repository = await openRepository(repo.dir, process.env);
  const { result } = await audit(repository, {});
  const landing = result.landings.at(-1);
  assert.equal(landing?.state, 'signed');
  // The plan stands as it was, so nothing is said of it.
  assert.deepEqual(
    landing.findings.map(({ code, severity }) => `${severity} ${code}`),
    ['warning evidence/not-recomputed'],
  );
  const approved = await approvedBytes(
    repository,
    [{ file: 'model/score.py', sha256: await repo.sha256('model/score.py') }],
    {},
  );
  assert.equal(approved.exit, 0);
});

test('what was measured before the target moved elsewhere is signed in the audit, as it passed before it landed', async () => {
  const repo = await ModelRepo.make(byResult());
  await signed(repo);
  await repo.onMain('model/other.py', 'x = 1\n');
  assertJudged(await judge(repo), 'pass');
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '-m', 'land', 'change']);
  const { result } = await audit(await openRepository(repo.dir, process.env), {});
  assert.equal(
    result.landings.at(-1)?.state,
    'signed',
    JSON.stringify(result.landings.at(-1)?.findings),
  );
});

/** What the last landing of main comes to in an audit, and why. */
async function lastLanded(
  repo: ModelRepo,
): Promise<readonly [state: string | undefined, codes: readonly string[], says: string]> {
  const { result } = await audit(await openRepository(repo.dir, process.env), {});
  const landing = result.landings.at(-1);
  return [
    landing?.state,
    landing?.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code) ?? [],
    JSON.stringify(landing?.findings),
  ];
}

for (const [how, said] of [
  ['squash', 'squash'],
  ['squash', undefined],
  ['squash', 'merge'],
  ['rebase', 'rebase'],
] as const) {
  for (const [what, path, state] of [
    ['elsewhere', 'model/other.py', said === 'merge' ? 'failed' : 'signed'],
    ['not at all', 'docs/a.md', 'signed'],
  ] as const) {
    test(`what was measured before the target moved ${what} and then landed by ${how}, where the policy says ${said ?? 'nothing of that'}, is ${state} in the audit`, async () => {
      const repo = await ModelRepo.make({
        ...byResult(),
        policy: { ...byResult().policy, landing: said },
      });
      await signed(repo);
      await repo.onMain(path, 'x = 1\n');
      assertJudged(await judge(repo), 'pass');
      if (how === 'rebase') await repo.gitAs('ada', ['rebase', '-q', 'main']);
      await repo.git('switch', '-q', 'main');
      await repo.gitAs('ada', [
        'merge',
        '-q',
        ...(how === 'rebase' ? ['--ff-only'] : ['--squash']),
        'change',
      ]);
      if (how === 'squash') await repo.commit('land', 'ada');
      const [found, , says] = await lastLanded(repo);
      assert.equal(found, state, says);
    });
  }
}

test('what was measured on other code than any head of a squash had is not signed in the audit', async () => {
  const repo = await ModelRepo.make(byResult());
  repo.write('model/more.py', 'x = 1\n');
  const path = await measured(repo);
  repo.write('model/more.py', 'x = 2\n');
  await repo.commit('after it was measured', 'ada');
  await sign(repo, decisionPath, path);
  assertJudged(await judge(repo), ['fail', 'evidence/result']);
  await repo.git('switch', '-q', 'main');
  await repo.gitAs('ada', ['merge', '-q', '--squash', 'change']);
  await repo.commit('land', 'ada');
  const [found, codes] = await lastLanded(repo);
  assert.deepEqual([found, codes], ['failed', ['evidence/result']]);
});

test('a merge that brings other code than was measured is signed by nobody’s result, in the check and in the audit', async () => {
  const repo = await ModelRepo.make(byResult());
  const path = await measured(repo);
  await repo.git('switch', '-q', 'main');
  await repo.onMain('docs/a.md', 'x\n');
  await repo.gitAs('ada', ['merge', '-q', '--no-ff', '--no-commit', 'change']);
  repo.write('model/score.py', `${raisedText}# and more\n`);
  await repo.git('add', '-A');
  await repo.gitAs('ada', ['commit', '-qm', 'land more']);
  await repo.git('switch', '-q', '-c', 'evil');
  await repo.git('branch', '-f', 'main', 'evil~1');
  const evidence = await Promise.all(
    [decisionPath, path].map(async (file) => ({ path: file, sha256: await repo.sha256(file) })),
  );
  for (const [who, role] of [
    ['ada', 'model-owner'],
    ['ben', 'validator'],
  ] as const)
    await repo.signoff(who, role, { commit: false, payload: { evidence } });
  await repo.git('add', '-A');
  await repo.gitAs('ada', ['commit', '-q', '--amend', '--no-edit']);
  assertJudged(await judge(repo), ['fail', 'evidence/result']);
  await repo.git('switch', '-q', 'main');
  await repo.git('merge', '-q', '--ff-only', 'evil');
  const [found, codes, says] = await lastLanded(repo);
  assert.deepEqual([found, codes], ['failed', ['evidence/result']], says);
});

test('data whose line ends git changes are not measured, and are once git keeps their bytes', async () => {
  const repo = await ModelRepo.make(byResult());
  const anew = async (): Promise<void> => {
    rmSync(join(repo.dir, dataPath));
    await repo.git('checkout', '-q', '--', dataPath);
  };
  await repo.git('config', 'core.autocrlf', 'true');
  await anew();
  await assert.rejects(
    measured(repo),
    /data\/scores\.csv ends its lines in CRLF here, and git stores it with LF/,
  );
  await repo.git('reset', '-q', '--hard', 'main');
  repo.write('.git/info/attributes', `${dataPath} -text\n`);
  await anew();
  const path = await measured(repo);
  await sign(repo, decisionPath, path);
  assertJudged(await judge(repo), 'pass');
  // What somebody writes with CRLF, and git stores so, is measured as it is.
  await repo.git('config', 'core.autocrlf', 'false');
  repo.write(dataPath, scores.replaceAll('\n', '\r\n'));
  await evaluated(repo);
});

const target = (value: number): string =>
  `targets: [{metric: accuracy, op: ">=", value: ${value}}]\n`;
const stating = (value: number): string => `${measuring}${target(value)}`;

playCases('a plan that changes with what is measured by it', [
  {
    name: 'an evaluation that asks for less',
    want: ['pass', 'evidence/plan-changed'],
    begin: { ...byResult(), files: { ...byResult().files, [evaluationPath]: evaluation(0.99) } },
    byCommand: true,
    play: async (repo) => {
      repo.write(evaluationPath, evaluation(0.5));
      await signed(repo);
    },
  },
  {
    name: 'a decision that states its target no more',
    want: ['pass', 'evidence/plan-changed'],
    begin: { ...byResult(), files: { ...byResult().files, [decisionPath]: stating(0.99) } },
    play: async (repo) => {
      await signed(repo);
    },
  },
]);

test('a plan that changes is shown before it is signed, and so are data that nothing names', async () => {
  const repo = await ModelRepo.make({
    ...byResult(outside),
    files: { ...byResult(outside).files, [evaluationPath]: evaluation(0.99) },
  });
  repo.write(evaluationPath, evaluation(0.5));
  repo.write(dataPath, scores);
  await measured(repo);
  const repository = await openRepository(repo.dir, process.env);
  const [prepared] = await prepareSignoffs(repository, {
    source: { kind: 'range', from: 'main', to: 'HEAD' },
    person: 'ben',
    role: 'validator',
    rule: 'model-change',
    decision: 'approve',
  });
  assert.ok(prepared);
  assert.match(
    preparedText(prepared),
    new RegExp(
      `^this change says what EV-BAR1 measures, or what is good enough: look at ${evaluationPath.replaceAll('.', '\\.')}$`,
      'm',
    ),
  );
  assert.match(
    preparedText(prepared),
    /^measured: pass: .*\n {2}accuracy is \d\.\d{3} \(\d\.\d{3} to \d\.\d{3}\), wanted >= 0\.5: met\n {2}on unverified data, since git has neither the file nor a pointer that says what is in it: data\/scores\.csv$/m,
  );
});

/** The code as it is on main was measured and the result lies there; then the usual change, measured on data. */
const measuredBefore =
  (data: string, more = '') =>
  async (repo: ModelRepo): Promise<void> => {
    const first = await evaluated(repo);
    await repo.commit('measured before', 'ada');
    await repo.git('branch', '-f', 'main', 'HEAD');
    repo.write(dataPath, data);
    if (more !== '') repo.write(evaluationPath, more);
    const path = await measured(repo);
    assert.notEqual(path, first);
    await sign(repo, decisionPath, path);
  };

const others = scores.replace('1,0\n', '0,1\n');
const same: readonly (readonly [
  name: string,
  said: boolean,
  begin: ReturnType<typeof byResult>,
  play: (repo: ModelRepo) => Promise<void>,
])[] = [
  ['measured anew on the bytes of before', true, byResult(), measuredBefore(scores)],
  ['measured on other predictions', false, byResult(), measuredBefore(others)],
  [
    'measured on the bytes of before by another plan',
    true,
    byResult(),
    measuredBefore(scores, evaluation(0.4)),
  ],
  ['measured for the first time', false, byResult(), signedOn(scores)],
  [
    'measured twice on one code',
    false,
    byResult(),
    async (repo) => {
      await measured(repo);
      await put(repo, { [evaluationPath]: evaluation(0.4) });
      await sign(repo, decisionPath, await measure(repo));
    },
  ],
];

for (const [name, said, begin, play] of same) {
  test(`changed code, ${name}: ${said ? 'is' : 'is not'} warned of`, async () => {
    const repo = await ModelRepo.make(begin);
    await play(repo);
    const judgement = await judge(repo);
    assertJudged(judgement, 'pass');
    const [finding, ...more] =
      judgement.result?.findings.filter(({ code }) => code === 'evidence/same-inputs') ?? [];
    assert.deepEqual([finding !== undefined, more], [said, []], judgement.says);
    if (finding)
      assert.match(
        finding.message,
        /^model-change: the code changed, and all that EV-BAR1 was measured on is byte for byte what \.countersign\/results\/EV-BAR1\/[0-9a-f]{12}\.json was measured on before: these may be predictions of the model as it was$/,
      );
    const [prepared] = await prepareSignoffs(await openRepository(repo.dir, process.env), {
      source: { kind: 'range', from: 'main', to: 'HEAD' },
      person: 'cy',
      role: 'validator',
      rule: 'model-change',
      decision: 'approve',
    });
    assert.ok(prepared);
    assert.equal(
      /^ {2}on the very bytes that \S+ was measured on before the code changed: these may be/m.test(
        preparedText(prepared),
      ),
      said,
    );
  });
}
