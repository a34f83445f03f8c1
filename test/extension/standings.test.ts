import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Repository } from '../../src/app/repository.ts';
import type { SignoffStanding } from '../../src/app/signoff-standing.ts';
import { Standings } from '../../src/extension/trail/standings.ts';

const [repository, other] = [{ top: '/a' }, { top: '/b' }] as unknown as readonly [
  Repository,
  Repository,
];
const standing = (file: string, state: SignoffStanding['state']): SignoffStanding => ({
  file,
  state,
  why: null,
  person: null,
  role: null,
  rule: null,
  decision: null,
  signed_at: null,
  via: null,
  landed: false,
  replaced_by: null,
  moved: [],
  covers: null,
  reason: null,
  conditions: [],
});
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 1));

/** Standings of which each question is kept, and answered by the state of that moment. */
function asked() {
  const questions: string[] = [];
  let state: SignoffStanding['state'] = 'valid';
  let changes = 0;
  const standings = new Standings(
    async ({ top }, paths) => (
      questions.push(`${top}: ${paths.join(' ')}`), paths.map((path) => standing(path, state))
    ),
    () => void (changes += 1),
  );
  return {
    standings,
    questions,
    become: (next: SignoffStanding['state']) => void (state = next),
    changes: () => changes,
  };
}

test('what is shown at a moment is asked once, together, and told when it is known', async () => {
  const { standings, questions, changes } = asked();
  for (const path of ['x', 'y', 'x']) assert.equal(standings.of(repository, path), undefined);
  assert.equal(standings.of(other, 'x'), undefined);
  await settled();
  assert.deepEqual(questions, ['/a: x y', '/b: x']);
  assert.equal(changes(), 1);
  assert.equal(standings.of(repository, 'y')?.state, 'valid');
  await settled();
  assert.equal(questions.length, 2);
});

test('once something changed it is asked again, and what was said last stays until then', async () => {
  const { standings, questions, become } = asked();
  standings.of(repository, 'x');
  await settled();
  become('stale');
  standings.forget();
  assert.equal(standings.of(repository, 'x')?.state, 'valid');
  await settled();
  assert.equal(standings.of(repository, 'x')?.state, 'stale');
  assert.equal(questions.length, 2);
});

test('what could not be asked says so, and is not taken for valid', async () => {
  const standings = new Standings(
    async () => Promise.reject(new Error('git is gone')),
    () => {},
  );
  standings.of(repository, 'x');
  await settled();
  assert.deepEqual(
    [standings.of(repository, 'x')?.state, standings.of(repository, 'x')?.why],
    ['unverified', 'git is gone'],
  );
});
