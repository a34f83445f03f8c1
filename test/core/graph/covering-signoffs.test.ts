import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  mayCover,
  type SignedOver,
  withoutSignoffs,
} from '../../../src/core/graph/covering-signoffs.ts';
import type { GraphNode } from '../../../src/core/graph/graph.ts';
import type { TrailStep } from '../../../src/core/graph/trail-tree.ts';

for (const [covers, want] of [
  [['model/score.py'], true],
  [['model/other.py'], false],
  [[{ b64: 'bW9kZWwvc2NvcmUucHk=' }], false],
  [[], false],
  ['whole-change', true],
  [null, true],
] as readonly (readonly [SignedOver, boolean])[]) {
  test(`a sign-off over ${JSON.stringify(covers)} ${want ? 'may be' : 'is not'} one of a file`, () =>
    assert.equal(mayCover(covers, 'model/score.py'), want));
}

test('only sign-offs are left out of a trail, at every depth', () => {
  const step = (
    kind: GraphNode['kind'],
    id: string,
    steps: readonly TrailStep[] = [],
  ): TrailStep => ({
    node: { id, kind, title: id, status: null, path: id, exists: true },
    link: null,
    end: null,
    lines: null,
    anchor: null,
    steps,
  });
  const whole = step('file', 'f', [
    step('decision', 'd', [
      step('signoff', 'a'),
      step('signoff', 'b'),
      step('decision', 'e', [step('signoff', 'b')]),
    ]),
  ]);
  assert.deepEqual(
    withoutSignoffs(whole, (file) => file === 'a'),
    step('file', 'f', [step('decision', 'd', [step('signoff', 'a'), step('decision', 'e')])]),
  );
});
