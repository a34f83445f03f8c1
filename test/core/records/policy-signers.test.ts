import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  couldFill,
  lockedOut,
  type Place,
  type Signers,
} from '../../../src/core/records/policy/policy-signers.ts';
import { fc } from '../../drawn-inputs.ts';

const names = ['ada', 'ben', 'cy', 'dee'] as const;
const roles = ['a', 'b'] as const;

const place = fc.record({
  role: fc.constantFrom(...roles),
  independent: fc.boolean(),
  accept: fc.constant(['key'] as const),
  hardware: fc.boolean(),
});

const signers = fc
  .record({
    a: fc.uniqueArray(fc.constantFrom(...names)),
    b: fc.uniqueArray(fc.constantFrom(...names)),
    agents: fc.boolean(),
    touchable: fc.uniqueArray(fc.constantFrom(...names)),
  })
  .map(
    ({ agents, touchable, ...members }): Signers => ({
      policy: {
        schema: 'countersign/policy@1',
        repository: 'x',
        targets: ['main'],
        people: Object.fromEntries(
          names.map((name) => [name, { emails: [`${name}@x`], principals: [name] }]),
        ),
        agents: agents ? ['*[bot]@x'] : [],
        roles: members,
        rules: [],
      },
      principals: null,
      hardware: new Set(touchable),
    }),
  );

/** Tries every way of giving the places to different persons. */
function someWay(
  places: readonly Place[],
  author: string | null,
  signers: Signers,
  taken: readonly string[] = [],
): boolean {
  const [first, ...rest] = places;
  if (first === undefined) return author !== null || taken.length !== 1 || names.length > 1;
  const free = (signers.policy.roles[first.role] ?? []).filter(
    (person) =>
      !taken.includes(person) &&
      (!first.hardware || signers.hardware?.has(person) === true) &&
      !(first.independent && person === author),
  );
  return free.some((person) => someWay(rest, author, signers, [...taken, person]));
}

test('places can be filled where trying every way finds one', () => {
  fc.assert(
    fc.property(
      fc.array(place, { maxLength: 4 }),
      fc.constantFrom(...names, null),
      signers,
      (places, author, known) => {
        assert.equal(couldFill(places, author, known), someWay(places, author, known));
      },
    ),
    { numRuns: 3000 },
  );
});

test('who is locked out, and whether everybody is, is what trying every author says', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), signers, (places, known) => {
      const { always, authors } = lockedOut(places, known);
      const stuck = names.filter((name) => !someWay(places, name, known));
      const agents = (known.policy.agents ?? []).length > 0 && someWay(places, null, known);
      assert.equal(always, stuck.length === names.length && !agents);
      if (!always)
        assert.deepEqual(
          [...authors].sort(),
          stuck.filter((name) => authors.includes(name)),
        );
      if (!always && stuck.length < names.length) assert.deepEqual([...authors].sort(), stuck);
    }),
    { numRuns: 3000 },
  );
});
