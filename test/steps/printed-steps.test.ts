import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PrintedStep, printedSteps, templateOf } from './printed-steps.ts';

const run = (...commands: readonly string[]): PrintedStep => ({ commands, kind: 'run' });
const look = (...commands: readonly string[]): PrintedStep => ({ commands, kind: 'look' });
const hand = (...commands: readonly string[]): PrintedStep => ({ commands, kind: 'hand' });

for (const [fix, steps] of [
  ['countersign sign --rule model-change', [run('countersign sign --rule model-change')]],
  [
    'ben or cy runs: countersign sign --range main...HEAD --rule model-change --role validator',
    [run('countersign sign --range main...HEAD --rule model-change --role validator')],
  ],
  [
    'git fetch origin main, then take it in: git merge origin/main',
    [hand('git fetch origin main', 'git merge origin/main')],
  ],
  ['take the target in: git merge origin/main, then sign', [run('git merge origin/main')]],
  [
    'git fetch origin main && git merge FETCH_HEAD',
    [run('git fetch origin main', 'git merge FETCH_HEAD')],
  ],
  [
    'change what model-change governs, then measure again: countersign evaluate EV-1',
    [hand('countersign evaluate EV-1')],
  ],
  ['git config countersign.target <branch>', [hand('git config countersign.target <branch>')]],
  ['sign-offs are written by countersign sign', [hand()]],
  [
    'countersign list feedback, or countersign list decisions',
    [look('countersign list feedback'), look('countersign list decisions')],
  ],
  [
    "bring it back: git restore --staged -- 'a; or git b'; or take it out of DR-1",
    [run("git restore --staged -- 'a; or git b'"), hand()],
  ],
  [
    'git fetch --unshallow; git fetch --refetch --no-filter origin',
    [run('git fetch --unshallow'), run('git fetch --refetch --no-filter origin')],
  ],
] as const)
  test(`the commands of a printed step: ${fix}`, () => assert.deepEqual(printedSteps(fix), steps));

test('a step is the same whatever ids, paths, people and rules it names', () =>
  assert.equal(
    templateOf(
      'a/b',
      run(
        'countersign sign --range 0123456789ab...HEAD --rule r --role x && git restore -- model/a.py "b c"',
      ),
    ),
    'a/b run: countersign sign --range OID...HEAD --rule NAME --role NAME && git restore -- PATH WORDS',
  ));
