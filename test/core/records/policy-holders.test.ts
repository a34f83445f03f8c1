import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checklistProblems,
  type ChecklistRecord,
} from '../../../src/core/records/checklist-problems.ts';
import { parseRecord } from '../../../src/core/records/parse-record.ts';
import type { PolicySurroundings } from '../../../src/core/records/policy-problems.ts';
import { problems, sound } from './policy-texts.ts';

const people = ['ada', 'ben', 'cy', 'eve', 'fay'];
const keys = (names: readonly string[]): PolicySurroundings => ({
  allowedSigners: names.map((name) => ({ principal: `${name}@example.org`, namespaces: null })),
});

test('who has no key cannot sign', () => {
  assert.deepEqual(problems(sound, keys(people)), []);
  assert.deepEqual(problems(sound, keys(['ada', 'ben', 'eve', 'fay'])), [
    '21:5 warning policy/author-locked-out',
  ]);
  assert.deepEqual(problems(sound, keys(['ben', 'cy', 'eve', 'fay'])), [
    '22:10 error policy/unsatisfiable',
  ]);
  assert.deepEqual(
    problems(sound, {
      allowedSigners: people.map((name) => ({
        principal: `${name}@example.org`,
        namespaces: name === 'ada' ? ['git'] : null,
      })),
    }),
    ['22:10 error policy/unsatisfiable'],
  );
});

test('a login that an attestor vouches for is enough where the requirement accepts it', () => {
  const known = keys(['ben', 'cy', 'eve', 'fay']);
  const accepting = sound.replace(
    '{role: model-owner, count: 1}',
    '{role: model-owner, count: 1, accept: [key, forge]}',
  );
  assert.deepEqual(problems(accepting, known), ['22:10 error policy/unsatisfiable']);
  assert.deepEqual(
    problems(
      accepting.replace(
        'platforms:',
        'attestors: [{forge: github, principal: ci@example.org}]\nplatforms:',
      ),
      known,
    ),
    [],
  );
});

test('a checklist that cannot be read', () => {
  assert.deepEqual(problems(sound, { ...keys(people), checklists: new Set(['model-change']) }), []);
  assert.deepEqual(problems(sound, { ...keys(people), checklists: new Set() }), [
    '20:16 error policy/unknown-checklist',
  ]);
});

test('phases are judged one by one', () => {
  const phased = sound.replace(
    '{role: validator, count: 1, independent: true}',
    '{role: model-owner, phase: explore}',
  );
  assert.deepEqual(problems(phased), ['21:5 error policy/unsatisfiable']);
  assert.deepEqual(
    problems(
      phased.replace('{role: model-owner, count: 1}', '{role: model-owner, phase: exploit}'),
    ),
    [],
  );
  // Two of two owners can never be met by an owner in either phase; a third by nobody in the second.
  const owners = sound
    .replace('model-owner: [ada]', 'model-owner: [ben, cy]')
    .replace('{role: model-owner, count: 1}', '{role: model-owner, count: 2, independent: true}')
    .replace(
      '{role: validator, count: 1, independent: true}',
      '{role: model-owner, phase: exploit}',
    );
  assert.deepEqual(problems(owners), ['21:5 error policy/unsatisfiable']);
  assert.deepEqual(problems(owners.replace('      - {role: model-owner, phase: exploit}\n', '')), [
    '21:5 warning policy/author-locked-out',
  ]);
});

test('an item of a checklist for a role that is not there would never be asked', () => {
  const text =
    'schema: countersign/checklist@1\nname: a\nitems:\n  - {id: x, ask: y, must: true, by: signer, roles: [validator, validater]}\n';
  const { record } = parseRecord('.countersign/checklists/a.yaml', new TextEncoder().encode(text));
  const [finding, ...more] = checklistProblems(record as ChecklistRecord, {
    roles: { validator: [] },
  });
  assert.deepEqual(
    [finding?.code, finding?.line, finding?.column, finding?.fix],
    ['policy/unknown-role', 4, 64, 'did you mean validator?'],
  );
  assert.deepEqual(more, []);
});
