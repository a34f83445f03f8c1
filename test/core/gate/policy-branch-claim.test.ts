/** Which words of other branches stand against the one that is taken for the policy branch. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BranchClaim, contradiction } from '../../../src/core/gate/policy-branch-claim.ts';
import type { Row } from './claim-row.ts';
import { wordRows } from './claims-of-words.ts';

const rows: readonly Row[] = [
  // Guessed by its name: every other has to agree.
  {
    name: 'a target that agrees',
    by: 'name',
    own: 'main',
    of: 'target',
    at: 'topic',
    names: 'main',
    stands: false,
  },
  {
    name: 'a target without a policy',
    by: 'name',
    own: 'main',
    of: 'target',
    at: 'topic',
    names: null,
    stands: false,
  },
  {
    name: 'a target that names another',
    by: 'name',
    own: 'main',
    of: 'target',
    at: 'topic',
    names: 'trunk',
    is: ['listed'],
    stands: true,
  },
  {
    name: 'a target whose policy cannot be read',
    by: 'name',
    own: 'main',
    of: 'target',
    at: 'topic',
    names: '',
    stands: true,
  },
  {
    name: 'another usual name without a policy',
    by: 'name',
    own: 'main',
    of: 'usual',
    at: 'master',
    names: null,
    stands: true,
  },
  {
    name: 'another usual name that agrees',
    by: 'name',
    own: 'main',
    of: 'usual',
    at: 'master',
    names: 'main',
    stands: false,
  },
  {
    name: 'a change that names a branch which agrees',
    by: 'name',
    own: 'main',
    of: 'change',
    names: 'trunk',
    is: ['agreed'],
    stands: true,
  },
  {
    name: 'a change that renames the branch',
    by: 'name',
    own: 'main',
    of: 'change',
    names: 'trunk',
    stands: false,
  },
  {
    name: 'a first policy that names another branch',
    by: 'name',
    own: null,
    of: 'change',
    names: 'trunk',
    stands: true,
  },
  {
    name: 'a first policy that names this one',
    by: 'name',
    own: null,
    of: 'change',
    names: 'main',
    stands: false,
  },
  {
    name: 'a first policy that cannot be read',
    by: 'name',
    own: null,
    of: 'change',
    names: '',
    stands: false,
  },
  {
    name: 'a change that deletes the policy',
    by: 'name',
    own: 'main',
    of: 'change',
    names: null,
    stands: false,
  },
  {
    name: 'some branch that holds a policy, beside none',
    by: 'name',
    own: null,
    of: 'other',
    at: 'trunk',
    names: 'trunk',
    stands: true,
  },
  {
    name: 'some branch of work on that, beside none',
    by: 'name',
    own: null,
    of: 'other',
    at: 'topic',
    names: 'trunk',
    stands: false,
  },
  {
    name: 'some branch that holds a policy, and this one is nowhere else',
    by: 'name',
    own: 'main',
    onlyHere: true,
    of: 'other',
    at: 'trunk',
    names: 'trunk',
    stands: true,
  },
  {
    name: 'some branch that tries a policy',
    by: 'name',
    own: 'main',
    of: 'other',
    at: 'trial',
    names: 'trial',
    stands: false,
  },
  // The remote says so: only a branch that went on elsewhere contradicts.
  {
    name: 'a target that holds a policy of its own',
    by: 'remote',
    own: 'main',
    of: 'target',
    at: 'trunk',
    names: 'trunk',
    stands: true,
  },
  {
    name: 'one that the policy lists',
    by: 'remote',
    own: 'main',
    of: 'target',
    at: 'release/1',
    names: 'release/1',
    is: ['listed'],
    stands: false,
  },
  {
    name: 'an old branch that names an old one',
    by: 'remote',
    own: 'main',
    of: 'target',
    at: 'topic',
    names: 'master',
    stands: false,
  },
];

for (const { name, by, own, onlyHere, of, at = 'main', names, is = [], stands } of [
  ...rows,
  ...wordRows,
])
  test(`a claim against a policy branch by ${by}: ${name}`, () => {
    const claim: BranchClaim = {
      of,
      at: `refs/heads/${at}`,
      names: fullName(names),
      agreed: is.includes('agreed'),
      behind: is.includes('behind'),
      listed: is.includes('listed'),
    };
    const found = contradiction(
      { ref: 'refs/heads/main', by, onlyHere: onlyHere === true, readsOn: false },
      [ownClaim(own), claim],
    );
    assert.equal(found, stands ? claim : null);
  });

for (const by of ['name', 'remote', 'setting'] as const)
  test(`the policy that stands there has to name the branch, found by ${by}`, () => {
    const taken = { ref: 'refs/heads/main', by, onlyHere: false, readsOn: false };
    const other = ownClaim('trunk');
    assert.equal(contradiction(taken, [other]), other);
    for (const own of ['main', null, ''])
      assert.equal(contradiction(taken, [ownClaim(own)]), null, String(own));
    assert.equal(contradiction(taken, []), null);
  });

for (const by of ['name', 'remote', 'setting'] as const)
  test(`the history of a branch that was renamed reads on, found by ${by}`, () => {
    const taken = { ref: 'refs/heads/main', by, onlyHere: false, readsOn: true };
    const former = ownClaim('master');
    assert.equal(contradiction(taken, [former]), null);
    for (const claim of [
      { ...former, listed: false },
      { ...former, agreed: true },
    ])
      assert.equal(contradiction(taken, [claim]), claim);
    assert.equal(contradiction({ ...taken, readsOn: false }, [former]), former);
  });

function ownClaim(names: string | null): BranchClaim {
  return {
    of: 'branch',
    at: 'refs/heads/main',
    names: fullName(names),
    agreed: false,
    behind: false,
    listed: true,
  };
}

function fullName(name: string | null): string | null {
  return name === null || name === '' ? name : `refs/heads/${name}`;
}
