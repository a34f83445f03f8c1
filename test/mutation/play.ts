import assert from 'node:assert/strict';
import type { Program, Situation } from './program.ts';

/** Asks the gate about a situation, and holds the answer to what the test of that situation asserts. @throws as that test would */
export async function playSituation(
  program: Program,
  { dir, question, wanted, tape }: Situation,
): Promise<void> {
  program.deck.tape = tape;
  const judgement = await program.judge(new program.ModelRepo(dir), question);
  if (wanted.kind === 'case') {
    program.assertExpected(judgement, wanted, question);
    return;
  }
  const rules = Object.fromEntries(
    (judgement.result?.rules ?? []).map(({ id, digest, state }) => [id, { digest, state }]),
  );
  assert.deepEqual(
    { verdict: judgement.verdict, rules },
    { verdict: wanted.verdict, rules: wanted.rules },
  );
}
