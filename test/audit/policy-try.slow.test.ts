/** A candidate policy held against what landed: what it would have stopped, and what it would have let pass. */
import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { tryPolicy } from '../../src/app/policy-try.ts';
import { CountersignError } from '../../src/app/errors.ts';
import type { PolicyTrial, TriedLanding } from '../../src/core/gate/policy-trial.ts';
import { run } from '../gate/kit/processes.ts';
import { environment, ModelRepository, policy } from './model-repository.ts';

const program = new URL('../../dist/cli.js', import.meta.url).pathname;
let repository: ModelRepository;
/** Tips of main and of branches that cases name. */
const tips: Record<string, string> = {};

before(async () => {
  repository = await ModelRepository.withPolicy();
  tips['policy'] = await repository.git('rev-parse', 'main');
  tips['signed'] = await repository.landSigned('raise', 13);
  await repository.write('model/score.py', 'bar = 14\n');
  tips['quiet'] = await repository.commit('Quietly', 'ada');
  await repository.branch('owner-only');
  await repository.write('model/score.py', 'bar = 15\n');
  await repository.commit('Owner only', 'ada');
  await repository.sign('ada', 'model-owner');
  tips['owner'] = await repository.merge('owner-only');
  await repository.write('docs/read.md', 'x\n');
  tips['docs'] = await repository.commit('Write', 'ada');
  await repository.branch('stricter');
  await repository.write(
    '.countersign/policy.yaml',
    policy.replace('{role: validator, count: 1, independent: true}', '{role: validator, count: 2}'),
  );
  await repository.commit('Two validators', 'eve');
  await repository.sign('eve', 'policy-admin', { rule: 'policy-change' });
  await repository.sign('fay', 'policy-admin', { rule: 'policy-change' });
  tips['stricter'] = await repository.merge('stricter');
});

after(() => repository.remove());

async function trial(
  text: string,
  more: { readonly since?: string; readonly target?: string } = {},
): Promise<PolicyTrial> {
  return tryPolicy(await repository.open(), {
    file: 'candidate.yaml',
    bytes: new TextEncoder().encode(text),
    now: new Date(repository.now),
    ...more,
  });
}

/** What became of each landing, by the names above. */
function told({ landings }: PolicyTrial): Readonly<Record<string, string>> {
  const named = (landing: TriedLanding): string =>
    Object.entries(tips).find(([, oid]) => oid === landing.to)?.[0] ?? landing.subject;
  return Object.fromEntries(
    landings
      .filter(({ outcome }) => outcome !== 'untried')
      .map((landing) => [named(landing), `${landing.was}, ${landing.outcome}`]),
  );
}

const asItWas = {
  signed: 'signed, as-it-was',
  quiet: 'unsigned, as-it-was',
  owner: 'failed, as-it-was',
  docs: 'ungoverned, as-it-was',
  stricter: 'signed, as-it-was',
};
const withoutValidator = policy.replace(
  '      - {role: validator, count: 1, independent: true}\n',
  '',
);

test('the policy of then says of everything what it said then', async () => {
  const { counts, landings } = await trial(policy);
  assert.deepEqual(told(await trial(policy)), asItWas);
  assert.deepEqual(counts, {
    stopped: 0,
    'let-through': 0,
    'as-it-was': 5,
    untried: landings.length - 5,
  });
});

const rows: readonly (readonly [
  what: string,
  text: string,
  differs: Readonly<Record<string, string>>,
  why: RegExp | null,
])[] = [
  [
    'fewer signatures let through what lacked one',
    withoutValidator,
    { owner: 'failed, let-through' },
    /validator/,
  ],
  [
    'more signatures stop what had enough',
    policy.replace(
      '{role: validator, count: 1, independent: true}',
      '{role: validator, count: 2, independent: true}',
    ),
    { signed: 'signed, stopped' },
    /1 independent validator missing/,
  ],
  [
    'a rule over other files stops what nobody looked at',
    `${policy.slice(0, policy.indexOf('exceptions:'))}  - id: docs\n    paths: ["docs/**"]\n    require: [{role: validator, count: 1}]\n${policy.slice(policy.indexOf('exceptions:'))}`,
    { docs: 'ungoverned, stopped' },
    /docs: 1 validator missing/,
  ],
  [
    'a rule over fewer files lets through what they are not',
    policy.replace('paths: ["model/**"]', 'paths: ["params.yaml"]'),
    { quiet: 'unsigned, let-through', owner: 'failed, let-through' },
    /missing|nobody/,
  ],
  [
    'more admins stop a change of the policy',
    policy
      .replace('exceptions:', 'policy_change: {count: 3}\nexceptions:')
      .replace('policy-admin: [eve, fay]', 'policy-admin: [eve, fay, dee]'),
    { stricter: 'signed, stopped' },
    /policy-admin/,
  ],
  [
    'another name in the signatures stops everything that was signed',
    policy.replace('repository: wage-model', 'repository: other-model'),
    { signed: 'signed, stopped', stricter: 'signed, stopped' },
    /missing/,
  ],
];

for (const [what, text, differs, why] of rows) {
  test(what, async () => {
    const result = await trial(text);
    assert.deepEqual(told(result), { ...asItWas, ...differs });
    for (const landing of result.landings.filter(
      ({ outcome }) => outcome === 'stopped' || outcome === 'let-through',
    ))
      assert.match(landing.why.join('\n'), why as RegExp);
  });
}

test('it begins where it is told to', async () => {
  const result = await trial(withoutValidator, { since: tips['owner'] as string });
  assert.deepEqual(Object.keys(told(result)), ['docs', 'stricter']);
});

test('what cannot be tried is said: a policy that could not land, another branch, another target, another history', async () => {
  const refused = async (text: string, code: string, more = {}): Promise<void> => {
    await assert.rejects(
      trial(text, more),
      (error: unknown) => error instanceof CountersignError && error.code === code,
      code,
    );
  };
  await refused('rules: [\n', 'policy/unreadable');
  await refused(policy.replace('validator: [ben, cy]', 'validator: []'), 'policy/unreadable');
  await refused(
    policy.replace('    require:', '    checklist: gone\n    require:'),
    'policy/unreadable',
  );
  await refused(policy.replace('targets: [main,', 'targets: [next, main,'), 'policy/branch');
  await refused(policy, 'target/unlisted', { target: 'topic' });
  await refused(policy, 'revision/unknown', { since: 'gone' });
});

function caseText(tip: string, head: string, expect: string): string {
  return `schema: countersign/case@1\nabout: what we agreed on\ntip: ${tip}\nhead: ${head}\nat: 2026-02-01T00:00:00Z\nexpect: ${expect}\n`;
}

test('cases of the repository are judged, also of what never landed, and one that is none is said', async () => {
  const [before, signed, quiet, owner] = [
    tips['policy'],
    tips['signed'],
    tips['quiet'],
    await repository.git('rev-parse', 'owner-only'),
  ] as [string, string, string, string];
  await repository.write('.countersign/cases/a-signed.yaml', caseText(before, signed, 'pass'));
  await repository.write('.countersign/cases/b-owner.yaml', caseText(quiet, owner, 'fail'));
  try {
    const cases = async (text: string): Promise<readonly string[]> =>
      (await trial(text)).cases.map(
        ({ path, would, as_expected }) =>
          `${path.slice('.countersign/cases/'.length)} ${would} ${as_expected}`,
      );
    assert.deepEqual(await cases(policy), ['a-signed.yaml pass true', 'b-owner.yaml fail true']);
    assert.deepEqual(await cases(withoutValidator), [
      'a-signed.yaml pass true',
      'b-owner.yaml pass false',
    ]);
    await repository.write('.countersign/cases/c.yaml', caseText(before, signed, 'maybe'));
    await assert.rejects(trial(policy), /cases\/c\.yaml is no case: expect: /);
    await repository.write('.countersign/cases/c.yaml', caseText(before, '0'.repeat(40), 'pass'));
    await assert.rejects(trial(policy), /^[^]*cases\/c\.yaml: /);
  } finally {
    await rm(join(repository.folder, '.countersign/cases'), { recursive: true });
  }
});

test('the command prints a table and the sum, or JSON; it answers with 0, and ends with 2 where it cannot', async () => {
  await repository.write('candidate.yaml', withoutValidator);
  const tried = async (
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
    const { code, stdout, stderr } = await run(process.execPath, [program, 'policy', ...args], {
      cwd: repository.folder,
      env: environment(),
    });
    return { code, out: stdout.toString(), err: stderr.toString() };
  };
  try {
    const text = await tried('try', '--policy', 'candidate.yaml');
    assert.equal(text.code, 0, text.err);
    assert.match(
      text.out,
      new RegExp(
        `^.* ${(tips['owner'] as string).slice(0, 12)} +failed +WOULD PASS +Merge owner-only\\n {4}stopped then: .*validator missing`,
        'm',
      ),
    );
    assert.match(
      text.out,
      /main: 0 landings would have been stopped, 1 would have passed that did not, 4 as they were, \d+ not tried/,
    );
    const json = await tried('try', '--policy', 'candidate.yaml', '--json');
    assert.equal((JSON.parse(json.out) as PolicyTrial).counts['let-through'], 1);
    // Without a file it is the policy of the working tree.
    assert.match((await tried('try')).out, /1 landing would have been stopped/);
    for (const args of [['try', '--policy', 'gone.yaml'], ['ask'], ['try', '--since', 'gone']]) {
      const { code, out, err } = await tried(...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, /^countersign: /);
    }
  } finally {
    await rm(join(repository.folder, 'candidate.yaml'));
  }
});
