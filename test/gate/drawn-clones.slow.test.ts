/** Which remote and which branch hold the policy, in drawn clones: the product and a plain reading of the page say the same. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CountersignError } from '../../src/app/errors.ts';
import { policyBranch } from '../../src/app/policy-branch.ts';
import { readRefs } from '../../src/app/refs.ts';
import { openRepository } from '../../src/node/repository.ts';
import { Dice } from './drawn/dice.ts';
import { CloneMaker, drawClone, type DrawnClone } from './drawn/drawn-clone.ts';
import { plainBranch } from './reference/plain-branch.ts';

/** How many clones are drawn. More by COUNTERSIGN_CLONES, from COUNTERSIGN_SEED on. */
const count = Number(process.env['COUNTERSIGN_CLONES'] ?? 30);
const firstSeed = Number(process.env['COUNTERSIGN_SEED'] ?? 1);
const refusals: ReadonlySet<string> = new Set([
  'policy/branch',
  'target/unknown',
  'target/missing',
]);

let maker: CloneMaker;
before(async () => {
  maker = await CloneMaker.begin();
});

/** The commit at which the policy is read, or the code of a refusal. */
async function answerIn(dir: string): Promise<string> {
  const { git } = await openRepository(dir, process.env);
  try {
    const { ref, tip } = await policyBranch(git, await readRefs(git));
    return `${ref} ${tip}`;
  } catch (error) {
    if (error instanceof CountersignError && refusals.has(error.code)) return 'refused';
    throw error;
  }
}

function expectedOf(clone: DrawnClone): string {
  const plain = plainBranch(clone);
  return plain === null ? 'refused' : `refs/heads/${plain.branch} ${maker.tipOf(plain.named)}`;
}

const told = (clone: DrawnClone): string =>
  JSON.stringify(clone, (_, value: unknown) => (value instanceof Map ? [...value] : value));

test('in drawn clones of several remotes the policy is read where the page says, or nowhere', async () => {
  const answers = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const clone = drawClone(new Dice(seed));
    const answer = await answerIn(await maker.make(clone));
    assert.equal(answer, expectedOf(clone), `seed ${seed}: ${told(clone)}`);
    const kind = answer.split(' ')[0] ?? '';
    answers.set(kind, (answers.get(kind) ?? 0) + 1);
  }
  // Drawings that are all refused, or all of main, would show nothing.
  for (const kind of ['refused', 'refs/heads/main', 'refs/heads/trunk'])
    assert.ok((answers.get(kind) ?? 0) > 0, `${kind} of ${JSON.stringify([...answers])}`);
});
