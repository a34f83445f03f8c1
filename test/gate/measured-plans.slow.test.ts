import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { preparedText } from '../../src/cli/sign-text.ts';
import { openRepository } from '../../src/node/repository.ts';
import { playCases } from './kit/cases.ts';
import { assertJudged, judge } from './kit/judged.ts';
import { ModelRepo } from './kit/model-repo.ts';
import {
  decisionPath,
  evaluated,
  evaluation,
  evaluationPath,
  measure,
  measured,
  measuring,
  put,
  scores,
  sign,
} from './kit/measured.ts';
import { byResult, dataPath, outside, signed, signedOn, target } from './kit/by-result.ts';

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
