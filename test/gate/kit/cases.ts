import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { trySteps } from '../../steps/try-step.ts';
import {
  assertExpected,
  type Expected,
  type Judgement,
  judge,
  judgeByCommand,
  type Question,
} from './judged.ts';
import { type Beginning, ModelRepo } from './model-repo.ts';

/** One situation: how the repository begins, what happens in it, and what the gate has to say of it. */
export type Case = Expected & {
  readonly name: string;
  readonly begin?: Beginning | (() => Promise<Beginning>);
  /** What happens; it may return how the gate is asked. */
  readonly play: (repo: ModelRepo) => Promise<Question> | Promise<void>;
  /** Asks the built command line too: verdict, exit code and errors must be the same. */
  readonly byCommand?: true;
};

/** Makes a test of each case. */
export function playCases(about: string, cases: readonly Case[]): void {
  describe(about, { concurrency: 3 }, () => {
    for (const { name, begin = {}, play, byCommand, ...expected } of cases) {
      test(name, async () => {
        const repo = await ModelRepo.make(typeof begin === 'function' ? await begin() : begin);
        const question = (await play(repo)) ?? {};
        const judgement = await judge(repo, question);
        assertExpected(judgement, expected, question);
        if (byCommand) await assertCommandAgrees(repo, question, judgement);
        question.afterwards?.();
        await trySteps({ repo, question, judgement });
      });
    }
  });
}

/** The built command line says the same. */
async function assertCommandAgrees(
  repo: ModelRepo,
  question: Question,
  judgement: Judgement,
): Promise<void> {
  const told = await judgeByCommand(repo, question);
  assert.deepEqual(
    { ...told, codes: [...told.codes].sort() },
    { verdict: judgement.verdict, exit: judgement.exit, codes: [...judgement.codes].sort() },
  );
}
