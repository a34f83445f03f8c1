import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SignoffState } from '../../../src/core/gate/judged-signoff.ts';
import { assertJudged, judge, judgeByCommand, type Question, type Wanted } from './judged.ts';
import { type Beginning, ModelRepo } from './model-repo.ts';

/** One situation: how the repository begins, what happens in it, and what the gate has to say of it. */
export type Case = {
  readonly name: string;
  readonly want: Wanted;
  /** Codes of findings of any severity that must be among them. */
  readonly says?: readonly string[];
  /** What the last sign-off of Ben's that the change brings is worth. */
  readonly ofBen?: SignoffState;
  readonly begin?: Beginning | (() => Promise<Beginning>);
  /** What happens; it may return how the gate is asked. */
  readonly play: (repo: ModelRepo) => Promise<Question> | Promise<void>;
  /** Asks the built command line too: verdict, exit code and errors must be the same. */
  readonly byCommand?: true;
};

/** Makes a test of each case. */
export function playCases(about: string, cases: readonly Case[]): void {
  describe(about, { concurrency: 3 }, () => {
    for (const { name, want, begin = {}, play, byCommand, says = [], ofBen } of cases) {
      test(name, async () => {
        const repo = await ModelRepo.make(typeof begin === 'function' ? await begin() : begin);
        const question = (await play(repo)) ?? {};
        const judgement = await judge(repo, question);
        assertJudged(judgement, want, question);
        assert.deepEqual(says.filter((code) => !judgement.all.includes(code)), [], judgement.says);
        if (ofBen !== undefined) assert.equal(judgement.result?.signoffs.findLast(({ file }) => file.includes('/ben.'))?.state, ofBen, judgement.says);
        if (!byCommand) {
          question.afterwards?.();
          return;
        }
        const told = await judgeByCommand(repo, question);
        assert.deepEqual({ ...told, codes: [...told.codes].sort() }, { verdict: judgement.verdict, exit: judgement.exit, codes: [...judgement.codes].sort() });
        question.afterwards?.();
      });
    }
  });
}
