/** Where anchored lines are today: what is a proof, what is not, and what is proposed to a person instead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesDigest } from '../../../src/core/trails/anchored-lines.ts';
import { followAnchor } from '../../../src/core/trails/follow-anchor.ts';
import { lines, score, values } from './anchored-text.ts';

type Row = {
  readonly name: string;
  readonly path?: string;
  readonly symbol?: string;
  readonly was: string;
  readonly lines: readonly [number, number];
  readonly now: string | null;
  /** Whether the old version is known, or the digest alone. */
  readonly held?: boolean;
  readonly others?: Readonly<Record<string, string>>;
  readonly renamed?: string;
  readonly want: string;
  readonly why?: RegExp;
};

const rows: readonly Row[] = [
  {
    name: 'blank lines below its function',
    symbol: 'score',
    was: score,
    lines: [1, 5],
    now: `import os\n${score}`,
    want: 'moved 2-6',
  },
  {
    name: 'blank lines below its function, and the digest alone',
    symbol: 'score',
    was: score,
    lines: [1, 5],
    now: score,
    held: false,
    want: 'exact 1-5',
  },
  {
    name: 'a comment above its function',
    symbol: 'score',
    was: `# the bar\n${score}`,
    lines: [1, 5],
    now: `# the bar\n${score}`,
    want: 'exact 1-5',
  },
  {
    name: 'lines of another function than its symbol',
    symbol: 'other',
    was: score,
    lines: [1, 4],
    now: score,
    want: 'changed 6-9',
    why: /^the same text stands there, and other is lines 6–9$/,
  },
  { name: 'nothing changed', was: score, lines: [4, 4], now: score, want: 'exact 4-4' },
  {
    name: 'the same line of a function with the same body',
    was: score,
    lines: [4, 4],
    now: score.replace('return 0', 'return None'),
    want: 'changed 4-4',
  },
  {
    name: 'the same in a language that nobody reads',
    path: 'a.java',
    was: score,
    lines: [4, 4],
    now: score.replace('return 0', 'return None'),
    want: 'changed 4-4',
  },
  {
    name: 'the line is taken out, and the other one comes to its place',
    was: score,
    lines: [4, 4],
    now: `# a\n# b\n# c\n# d\n# e\n${score.replace('    return 0\n', '')}`.replace(
      /^(# .\n){5}def score[^]*?\n\n/,
      '',
    ),
    want: 'changed|lost',
  },
  {
    name: 'a line above',
    was: score,
    lines: [4, 4],
    now: `import os\n${score}`,
    want: 'moved 5-5',
  },
  {
    name: 'the functions change their order',
    was: score,
    lines: [4, 4],
    now: `${score.slice(score.indexOf('def other'))}\n${score.slice(0, score.indexOf('def other'))}`,
    want: 'moved 9-9',
  },
  {
    name: 'a copy of the whole function above',
    path: 'a.java',
    was: 'a {\n  x = start();\n  return 0\n}\n',
    lines: [3, 3],
    now: 'b {\n  x = begin();\n  return 0\n}\na {\n  x = start();\n  return 0\n}\n',
    want: 'moved 7-7',
  },
  {
    name: 'a block that says enough, with nothing known but its digest',
    was: values(1, 20),
    lines: [5, 7],
    held: false,
    now: `import os\n\n${values(1, 20)}`,
    want: 'moved 7-9',
  },
  {
    name: 'a line that says nothing, with nothing known but its digest',
    was: 'a = 1\nreturn 0\n',
    lines: [2, 2],
    held: false,
    now: 'b = 1\nc = 2\nd = 3\nreturn 0\n',
    want: 'changed',
  },
  {
    name: 'one of its lines rewritten',
    was: values(1, 40),
    lines: [3, 4],
    now: values(1, 40).replace('value_3 =', 'x ='),
    want: 'changed 3-4',
  },
  {
    name: 'all of its lines rewritten, and one more',
    was: values(1, 40),
    lines: [3, 4],
    now: values(1, 40).replace('value_3 = 9\nvalue_4 = 16\n', 'a\nb\nc\n'),
    want: 'changed 3-5',
  },
  {
    name: 'taken out',
    was: values(1, 40),
    lines: [3, 4],
    now: values(1, 40).replace('value_3 = 9\nvalue_4 = 16\n', ''),
    want: 'lost',
  },
  {
    name: 'put back',
    was: values(1, 40),
    lines: [3, 4],
    now: values(1, 40),
    want: 'exact 3-4',
  },
  {
    name: 'the last line goes on otherwise than it did',
    was: `${values(1, 3)}def f(x):\n    return 0\n${values(4, 9)}`,
    lines: [4, 5],
    now: `${values(1, 3)}def f(x):\n    return 0.5\n${values(4, 9)}`,
    want: 'changed 4-5',
    why: /^the lines were rewritten/,
  },
  {
    name: 'a formatter wraps one of its lines',
    was: `${values(1, 3)}x = call(first, 'second', third)\n${values(4, 9)}`,
    lines: [3, 4],
    now: `import os\n${values(1, 3)}x = call(\n    first,\n    "second",\n    third,\n)\n${values(4, 9)}`,
    want: 'changed 4-9',
    why: /^the lines were formatted anew/,
  },
  {
    name: 'a symbol whose signature is wrapped',
    symbol: 'score',
    was: 'def score(a, b):\n    c = a + b\n    return c\n',
    lines: [1, 3],
    now: 'def score(\n    a,\n    b,\n):\n    c = a - b\n    return c\n',
    want: 'changed 1-6',
  },
  {
    name: 'a block that left its symbol for one that was there before',
    symbol: 'score',
    was: `def score(r):\n${values(1, 6).replace(/^/gm, '    ').trimEnd()}\n    return 1\n\ndef other(r):\n    return 2\n`,
    lines: [2, 4],
    now: `def score(r):\n    return 1\n\ndef other(r):\n${values(1, 6).replace(/^/gm, '    ').trimEnd()}\n    return 2\n`,
    want: 'changed|lost',
  },
  {
    name: 'a last line that gets its ending',
    was: 'a = 1\nb = 2',
    lines: [2, 2],
    now: 'a = 1\nb = 2\n',
    want: 'exact 2-2',
  },
  {
    name: 'the other line ends',
    was: values(1, 9).replaceAll('\n', '\r\n'),
    lines: [3, 4],
    now: `x\n${values(1, 9)}`,
    want: 'moved 4-5',
  },
  {
    name: 'a renamed file, edited besides',
    was: values(1, 9),
    lines: [3, 4],
    now: null,
    renamed: 'b.py',
    others: { 'b.py': `import os\n${values(1, 9)}` },
    want: 'moved b.py 4-5',
  },
  {
    name: 'a function moved to a new file',
    was: `${score}${values(1, 9)}`,
    lines: [12, 15],
    now: score,
    others: { 'new.py': values(1, 9) },
    want: 'moved new.py 3-6',
  },
  {
    name: 'the same text in two other files',
    was: `${score}${values(1, 9)}`,
    lines: [12, 15],
    now: score,
    others: { 'new.py': values(1, 9), 'copy.py': values(1, 9) },
    want: 'changed|lost',
  },
  { name: 'a file that is gone', was: values(1, 9), lines: [3, 4], now: null, want: 'lost' },
  {
    name: 'another file with the same trivial line',
    was: score,
    lines: [4, 4],
    now: null,
    others: { 'b.py': 'def b(x):\n    return 0\n' },
    want: 'lost',
  },
];

for (const row of rows)
  test(row.name, () => {
    const { path = 'a.py', held = true, others = {} } = row;
    const then = lines(row.was);
    const digest = linesDigest(then.bytes, ...row.lines) as string;
    const { state, now, why } = followAnchor({
      anchor: {
        path,
        lines: [...row.lines],
        digest,
        ...(row.symbol === undefined ? {} : { symbol: row.symbol }),
      },
      own: row.now === null ? null : lines(row.now),
      held: held ? { path, file: then, lines: row.lines } : null,
      others: Object.entries(others).map(([other, text]) => ({
        path: other,
        file: lines(text),
        renamed: other === row.renamed,
      })),
    });
    assert.match(why, row.why ?? /./);
    const place = now && `${now.path === path ? '' : `${now.path} `}${now.lines.join('-')}`;
    const said = place === null ? state : `${state} ${place}`;
    if (row.want.includes('|')) assert.ok(row.want.split('|').includes(state), said);
    else if (/^[a-z]+$/.test(row.want)) assert.equal(state, row.want, said);
    else assert.equal(said, row.want);
  });
