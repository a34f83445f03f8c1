import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Repository } from '../../src/app/repository.ts';
import type { CheckResult } from '../../src/core/gate/check-result.ts';
import { FolderReading } from '../../src/extension/workspace/folder-reading.ts';
import {
  type FolderState,
  type GateState,
  lastAnswer,
  type ReadyState,
} from '../../src/extension/workspace/snapshot.ts';

const repository = {} as Repository;
const unjudged = {
  kind: 'ready',
  repository,
  index: {} as ReadyState['index'],
  person: null,
  gate: { kind: 'checking', last: null },
} as const;
const said = (next: string): GateState => ({
  kind: 'checked',
  result: { next } as CheckResult,
  commit: { next } as CheckResult,
  hook: 'ours',
});

/** Calls that wait until they are answered, in the order in which they came. */
function asked<Value>(): {
  readonly call: () => Promise<Value>;
  readonly answer: (value: Value) => Promise<void>;
  readonly waiting: () => number;
} {
  const open: ((value: Value) => void)[] = [];
  return {
    call: () => new Promise((done) => open.push(done)),
    answer: async (value) => {
      while (open.length === 0) await new Promise((done) => setTimeout(done, 1));
      open.shift()?.(value);
      // Whoever waited for it goes on first.
      await new Promise((done) => setTimeout(done, 1));
    },
    waiting: () => open.length,
  };
}

/** A folder whose disk and gate answer when a test says so, and what was shown of the gate, state by state. */
function folder() {
  const [reads, gate] = [asked<FolderState>(), asked<GateState>()];
  const shown: string[] = [];
  const reading = new FolderReading({
    read: reads.call,
    ask: gate.call,
    changed: (state) =>
      shown.push(
        state.kind === 'ready'
          ? `${state.gate.kind} ${lastAnswer(state.gate)?.result.next ?? 'nothing'}`
          : state.kind,
      ),
  });
  return { reading, reads, gate, shown };
}

test('while something is read anew, the gate’s answer to what was before is in view, and never the one before that', async (context) => {
  const { reading, reads, gate, shown } = folder();
  context.after(() => reading.dispose());
  void reading.now();
  await reads.answer(unjudged);
  await gate.answer(said('first'));
  void reading.now();
  await reads.answer(unjudged);
  // The gate is at the second reading; a third begins, the gate answers, and only then is the third one done.
  void reading.now();
  await gate.answer(said('second'));
  await reads.answer(unjudged);
  await gate.answer(said('third'));
  assert.deepEqual(shown, [
    'checking nothing',
    'checked first',
    'checking first',
    'checked second',
    'checking second',
    'checked third',
  ]);
});

test('an answer to what was read before is in view at once, and the gate is asked about what was read since', async (context) => {
  const { reading, reads, gate, shown } = folder();
  context.after(() => reading.dispose());
  void reading.now();
  await reads.answer(unjudged);
  while (gate.waiting() === 0) await new Promise((done) => setTimeout(done, 1));
  void reading.now();
  await reads.answer(unjudged);
  await gate.answer(said('about the first'));
  await gate.answer(said('about the second'));
  assert.deepEqual(shown, [
    'checking nothing',
    'checking nothing',
    'checking about the first',
    'checked about the second',
  ]);
});

test('what could not be asked leaves no old answer behind', async (context) => {
  const { reading, reads, gate, shown } = folder();
  context.after(() => reading.dispose());
  void reading.now();
  await reads.answer(unjudged);
  await gate.answer(said('first'));
  void reading.now();
  await reads.answer(unjudged);
  await gate.answer({
    kind: 'failed',
    failure: { code: 'git/failed', message: 'no', fix: undefined },
  });
  assert.deepEqual(shown, [
    'checking nothing',
    'checked first',
    'checking first',
    'failed nothing',
  ]);
});
