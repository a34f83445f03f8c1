import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRecord } from '../../src/core/records/parse-record.ts';
import { policyProblems } from '../../src/core/records/policy-problems.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { bent } from './bent.ts';
import { isChecklist } from './plain-payload.ts';
import { mayHold } from './plain-policy.ts';
import { fc } from '../drawn-inputs.ts';

const optional = <Value>(value: fc.Arbitrary<Value>, often = 2): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: often });
const some = <Value>(from: readonly Value[], least = 0): fc.Arbitrary<Value[]> =>
  fc.subarray([...from], { minLength: least });
/** One of the first values, and now and then one that makes something wrong. */
const mostly = <Value>(good: readonly Value[], ...odd: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...good), weight: 40 * odd.length + 1 },
    ...odd.map((value) => ({ arbitrary: fc.constant(value), weight: 1 })),
  );

/** A person with names of their own, and now and then one of somebody else. */
const person = (own: string) =>
  fc.record({
    emails: mostly(
      [[`${own}@example.org`], [`${own}@example.org`, `${own}@home.example`]],
      [`${own}@example.org`, 'ADA@example.org'],
      ['ci[bot]@example.org'],
    ),
    principals: mostly(
      [[`${own}@example.org`], [own, `${own}@example.org`], undefined],
      ['ben@example.org'],
    ),
    forge: mostly<Record<string, string> | undefined>(
      [undefined, { github: own }, { gitlab: own, github: own }],
      { github: 'CY' },
    ),
  });

const requirement = fc.record({
  role: mostly(['owner', 'validator', 'validator', 'policy-admin'], 'nobody'),
  count: mostly([undefined, 1, undefined, 2], 3),
  independent: optional(fc.boolean()),
  phase: fc.constantFrom(undefined, undefined, 'explore', 'exploit'),
  presence: fc.constantFrom(undefined, undefined, undefined, 'touch'),
  accept: fc.constantFrom(undefined, undefined, ['key'], ['key', 'forge'], ['forge']),
});

const evidence = fc.constantFrom<unknown>(
  { kind: 'decision', status: ['accepted'], covers: 'changed-files' },
  { kind: 'result', verdict: 'pass', max_age_days: 14, verify: 'recompute' },
  { kind: 'feedback', count: 2, scope: ['training'] },
  { kind: 'rollback', rehearsed_within_days: 3 },
  { kind: 'rollout', kinds: ['shadow'] },
  { kind: 'review', from_risk: 'high' },
  { kind: 'escalation', phase: 'explore' },
);
const glob = mostly(
  ['model/**', 'params.yaml', '**/*.dvc', 'data/[ab].csv', 'model/?', 'm/{a,b}', 'main'],
  'a//b',
  '../a',
  '/a',
  'a/',
  ' a',
  '!a',
  'a\\b',
  '[a',
);
const rule = (id: string) =>
  fc.record({
    id: mostly([id], 'MODEL', 'Policy-Change'),
    paths: fc.array(glob, { minLength: 1, maxLength: 2 }),
    except: optional(fc.array(glob, { maxLength: 1 })),
    checklist: mostly([undefined, 'model-change'], 'none'),
    require: fc.array(requirement, { maxLength: 2 }),
    evidence: optional(fc.array(evidence, { maxLength: 2 })),
    max_age_days: optional(fc.constant(30)),
    up_to_date: optional(fc.boolean()),
  });

const names = ['ada', 'ben', 'cy', 'dee'];
const policy = fc.record({
  schema: fc.constant('countersign/policy@1'),
  repository: fc.constant('wage-model'),
  targets: mostly([['main'], ['main', 'release/*']], ['release/*'], ['refs/heads/main']),
  landing: fc.constantFrom(undefined, 'merge', 'rebase'),
  identity: fc.constantFrom(undefined, 'claimed', 'signed'),
  people: fc.record({
    ada: person('ada'),
    ben: person('ben'),
    cy: person('cy'),
    dee: person('dee'),
  }),
  agents: mostly([undefined, ['*[bot]@*'], ['agent@example.org']], ['*d*e*@*']),
  platforms: mostly([undefined, ['noreply@github.com']], ['*']),
  attestors: mostly(
    [undefined, [{ forge: 'github', principal: 'job' }]],
    [{ forge: 'github', principal: 'BEN' }],
  ),
  roles: fc.oneof(
    {
      arbitrary: fc.record<Record<string, string[]>>({
        owner: some(names, 2),
        validator: some(names, 3),
        'policy-admin': some(names, 2),
      }),
      weight: 20,
    },
    fc.dictionary(
      fc.constantFrom('owner', 'validator', 'policy-admin', 'author'),
      some([...names, 'gus'], 1),
    ),
  ),
  rules: fc.oneof(fc.tuple(rule('model')), fc.tuple(rule('model'), rule('data')), fc.constant([])),
  stages: mostly<unknown>(
    [undefined, { ci: 'all' }, { 'pre-commit': 'author', 'pre-push': 'off' }],
    { ci: 'author' },
    { 'commit-msg': 'all' },
  ),
  exceptions: fc.constantFrom(
    undefined,
    { role: 'policy-admin', max_days: 3, follow_up_days: 10 },
    { role: 'owner', count: 2, max_days: 3, follow_up_days: 10 },
  ),
  policy_change: mostly([undefined, { count: 1 }, { count: 2 }], { count: 3 }),
  repository_settings: fc.constantFrom(undefined, 'on', 'off'),
  privacy: fc.constantFrom<unknown>(undefined, {
    min_cell: 5,
    consent_required: ['survey'],
    consent_scope: ['training'],
    private_text: ['log'],
    cohort: ['region'],
  }),
});

test('a policy may hold only where a plain reading of its page says so, and people could meet it', () => {
  const answers = new Map<boolean, number>();
  fc.assert(
    fc.property(
      fc.oneof(policy, bent(policy)),
      some(['ada@example.org', 'ben@example.org', 'cy@example.org', 'dee@example.org', 'ada'], 3),
      (value, signers) => {
        const text = JSON.stringify(value);
        const { record, findings } = parseRecord('.countersign/policy.yaml', Buffer.from(text));
        const beside =
          record?.kind === 'policy'
            ? policyProblems(record, {
                allowedSigners: signers.map((principal) => ({ principal })),
                checklists: new Set(['model-change']),
              })
            : [];
        const errors = [...findings, ...beside].filter(({ severity }) => severity === 'error');
        const wanted = mayHold(JSON.parse(text), {
          keys: new Set(signers),
          checklists: new Set(['model-change']),
        });
        assert.equal(
          record !== null && errors.length === 0,
          wanted,
          `${text}\n${signers.join()}\n${errors.map(({ code, message }) => `${code} ${message}`).join('\n')}`,
        );
        answers.set(wanted, (answers.get(wanted) ?? 0) + 1);
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
  // Both answers come often enough for the comparison to say something.
  assert.ok(
    Math.min(answers.get(true) ?? 0, answers.get(false) ?? 0) > 50,
    JSON.stringify([...answers]),
  );
});

const item = fc.record({
  id: fc.constantFrom('tests-pass', 'fair', 'safe'),
  ask: fc.constantFrom('Do the tests pass?', 'Is it fair?'),
  must: fc.boolean(),
  by: fc.constantFrom('author', 'signer', 'both'),
  roles: optional(some(['validator', 'ethics'], 1)),
  evidence: optional(fc.constant('a report')),
});
const checklist = fc.record({
  schema: fc.constant('countersign/checklist@1'),
  name: fc.constantFrom('model-change', 'model-change', 'model-change', 'other'),
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
});

test('a checklist is read only where a plain reader says so, and as the same value', () => {
  fc.assert(
    fc.property(fc.oneof(checklist, bent(checklist)), fc.boolean(), (value, blocks) => {
      // In blocks the short way reads it, in one line the long way.
      const text =
        blocks &&
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).every((key) => /^[a-z]+$/.test(key))
          ? Object.entries(value)
              .map(([key, part]) => `${key}: ${JSON.stringify(part)}\n`)
              .join('')
          : JSON.stringify(value);
      const { record, findings } = parseRecord(
        '.countersign/checklists/model-change.yaml',
        Buffer.from(text),
      );
      assert.equal(
        record !== null && !findings.some(({ severity }) => severity === 'error'),
        isChecklist(JSON.parse(JSON.stringify(value))),
        `${text} ${JSON.stringify(findings)}`,
      );
      if (record) assert.deepEqual(record.value, JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: fuzzRuns(500) },
  );
});
