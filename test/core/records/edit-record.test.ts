import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { editRecord } from '../../../src/core/records/edit-record.ts';
import { readYaml, type YamlPath } from '../../../src/core/records/yaml/yaml-source.ts';
import { fc } from '../../drawn-inputs.ts';
import { rows } from './edit-rows.ts';

const read = (text: string): unknown => readYaml('a.yaml', text).value;

for (const { name, text, edits, expected } of rows)
  test(`edit: ${name}`, () => assert.equal(editRecord(text, edits), expected));

test('an edit through a single value, beyond a list or of no YAML throws', () => {
  assert.throws(() => editRecord('a: 1\n', [{ path: ['a', 'b'], value: 1 }]), RangeError);
  assert.throws(() => editRecord('a: [1]\n', [{ path: ['a', 3], value: 1 }]), RangeError);
  assert.throws(() => editRecord('a: [\n', [{ path: ['a'], value: 1 }]), RangeError);
  assert.throws(() => editRecord('a: 1\n', [{ path: ['a'], value: Number.NaN }]), RangeError);
});

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/\p{Surrogate}/gu, '')),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    'true',
    '1e3',
    '0x1F',
    '~',
    '- a',
    'a: b',
    'a #b',
    '#',
    'line\nline',
    ' lead',
    'trail ',
    '\tx',
    'a\n\n\nb\n',
    'a\n  \nb',
    '2026-03-01T09:12:00+01:00',
    '@x',
    '`x',
    '? x',
    ':',
    '...',
    '---',
    '%a',
    "'",
    '"',
    'a\r\nb',
    '=',
    '<<',
    '!x',
    '&x',
    '*x',
    '{',
    '[',
    '|',
    '>',
  ),
);
const leaf = fc.oneof(
  word,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'id', 'title', '__proto__', 'constructor'),
  word,
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie('tree')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}));
const root = fc
  .array(fc.tuple(key, tree), { minLength: 1, maxLength: 5 })
  .map((entries) => Object.fromEntries(entries));

/** Comments, line endings, indentation and brackets as people mix them. */
const written = fc
  .record({
    value: root,
    indent: fc.constantFrom(2, 4),
    indentSeq: fc.boolean(),
    crlf: fc.boolean(),
    ended: fc.boolean(),
    comments: fc.boolean(),
  })
  .map((style) => {
    let text = stringify(style.value, {
      indent: style.indent,
      indentSeq: style.indentSeq,
      version: '1.2',
      schema: 'core',
      lineWidth: 0,
    });
    if (style.comments) text = `# first\n${text}# last\n`;
    if (!style.ended) text = text.replace(/\n$/, '');
    return style.crlf ? text.replace(/\n/g, '\r\n') : text;
  });

function paths(value: unknown, at: YamlPath = []): YamlPath[] {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const inner = Array.isArray(value) ? value.map((item, index) => [index, item] as const) : fields;
  return [
    ...(at.length > 0 ? [at] : []),
    ...inner.flatMap(([step, item]) => paths(item, [...at, step])),
  ];
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, step) => (inner as Record<string | number, unknown>)[step],
    value,
  );
}

const clean = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace(/-0(?=[,\]}]|$)/g, '0'));

test('after an edit the value is there, and lines above and below what was edited are the same bytes', () => {
  fc.assert(
    fc.property(written, tree, fc.nat(), (text, value, pick) => {
      const before = readYaml('a.yaml', text);
      fc.pre(before.findings.length === 0);
      const all = paths(before.value);
      const path = all[pick % all.length] as YamlPath;
      const after = editRecord(text, [{ path, value }]);
      assert.deepEqual(clean(at(read(after), path)), clean(value));
      const place = before.locate(path);
      const first = Math.min(place.line, before.locateKey(path).line) - 1;
      assert.deepEqual(after.split('\n').slice(0, first), text.split('\n').slice(0, first));
      const below = text
        .split('\n')
        .slice(place.end_column === 1 ? place.end_line - 1 : place.end_line);
      if (below.length > 0) assert.deepEqual(after.split('\n').slice(-below.length), below);
    }),
    { numRuns: 1500 },
  );
});

test('an edit that takes away takes away that and nothing else', () => {
  fc.assert(
    fc.property(written, fc.nat(), (text, pick) => {
      const before = readYaml('a.yaml', text);
      fc.pre(before.findings.length === 0);
      const all = paths(before.value);
      const path = all[pick % all.length] as YamlPath;
      const expected = structuredClone(before.value);
      const parent = at(expected, path.slice(0, -1)) as Record<string, unknown>;
      if (Array.isArray(parent)) parent.splice(path.at(-1) as number, 1);
      else delete parent[path.at(-1) as string];
      assert.deepEqual(
        clean(read(editRecord(text, [{ path, value: undefined }]))),
        clean(expected),
      );
    }),
    { numRuns: 1000 },
  );
});
