/** What stands behind a file as it is typed: by the same rule as on disk, with the same states. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnchorAnswer } from '../../src/app/follow-anchors.ts';
import { Graph } from '../../src/core/graph/graph.ts';
import { fileLines, linesDigest } from '../../src/core/trails/anchored-lines.ts';
import { followAnchor } from '../../src/core/trails/follow-anchor.ts';
import { behindFile } from '../../src/extension/workspace/behind-file.ts';

const score =
  'def score(r):\n    if r:\n        return 1\n    return 0\n\ndef other(r):\n    if r:\n        return 2\n    return 0\n';

/** An anchor that was followed on disk, where the file is `disk`. */
function answer(
  lines: readonly [number, number],
  { digest = true, disk = score }: { readonly digest?: boolean; readonly disk?: string } = {},
): AnchorAnswer {
  const then = fileLines(new TextEncoder().encode(score));
  const today = fileLines(new TextEncoder().encode(disk));
  const held = digest ? { path: 'a.py', file: then, lines } : null;
  const anchor = {
    path: 'a.py',
    lines: [...lines] as [number, number],
    ...(digest ? { digest: linesDigest(then.bytes, ...lines) as string } : {}),
  };
  return {
    record: '.countersign/decisions/DR-HERE.yaml',
    id: 'DR-HERE',
    index: 0,
    anchor,
    followed: followAnchor({ anchor, own: today, held }),
    held,
    today,
  };
}

const rows: readonly {
  readonly name: string;
  readonly of: AnchorAnswer;
  readonly text: string | null;
  readonly want: string;
}[] = [
  { name: 'as on disk', of: answer([4, 4]), text: score, want: 'exact 4,4' },
  {
    name: 'in a checkout with CRLF',
    of: answer([2, 4]),
    text: score.replaceAll('\n', '\r\n'),
    want: 'exact 2,4',
  },
  { name: 'a line above', of: answer([4, 4]), text: `# x\n${score}`, want: 'moved 5,5' },
  {
    name: 'its line is typed over, and another function has the same one',
    of: answer([4, 4]),
    text: score.replace('return 0', 'return 5'),
    want: 'changed 4,4',
  },
  {
    name: 'changed on disk, and put back in the editor',
    of: answer([4, 4], { disk: score.replace('return 0', 'return 5') }),
    text: score,
    want: 'exact 4,4',
  },
  {
    name: 'held by nothing',
    of: answer([4, 4], { digest: false }),
    text: score,
    want: 'unproven 4,4',
  },
  {
    name: 'not shown',
    of: answer([4, 4], { disk: `# x\n${score}` }),
    text: null,
    want: 'moved 5,5',
  },
];

for (const { name, of, text, want } of rows)
  test(name, () => {
    const [behind] = behindFile({ graph: new Graph(new Map(), []), anchors: [of] }, 'a.py', text);
    assert.equal(`${behind?.anchor?.state} ${behind?.lines}`, want);
    assert.deepEqual(behind?.anchor?.was, { path: 'a.py', lines: of.followed.lines });
  });

test('an anchor that moved to another file stands behind that one alone', () => {
  const here = answer([2, 4]);
  const moved: AnchorAnswer = {
    ...here,
    followed: { ...here.followed, state: 'moved', now: { path: 'b.py', lines: [2, 4] } },
  };
  const graph = new Graph(new Map(), []);
  assert.equal(behindFile({ graph, anchors: [moved] }, 'a.py', score).length, 0);
  const [behind] = behindFile({ graph, anchors: [moved] }, 'b.py', score);
  assert.equal(behind?.anchor?.state, 'moved');
});
