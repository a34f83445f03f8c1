import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { locatePlain } from '../../../src/core/records/yaml/plain-places.ts';
import { plainYaml } from '../../../src/core/records/yaml/plain-yaml.ts';
import { readYaml, type YamlPath } from '../../../src/core/records/yaml/yaml-source.ts';
import { fc } from '../../drawn-inputs.ts';

/** Every path of a value, the top and one that leads nowhere included. */
function paths(value: unknown, at: YamlPath = []): YamlPath[] {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const inner = Array.isArray(value) ? [...value.entries()] : fields;
  return [at, [...at, 'nowhere'], ...inner.flatMap(([step, item]) => paths(item, [...at, step]))];
}

/** The fast reader may pass, but where it answers, the full reader must give the same value and refuse nothing. */
function agrees(text: string): boolean {
  const fast = plainYaml(text);
  if (fast === undefined) return false;
  const full = readYaml('a.yaml', text);
  const { value, findings } = full;
  assert.deepEqual(findings, [], JSON.stringify(text));
  assert.deepStrictEqual(fast, value, JSON.stringify(text));
  const places = locatePlain('a.yaml', text);
  for (const path of paths(value)) {
    assert.deepEqual(
      places?.locate(path),
      full.locate(path),
      `${JSON.stringify(text)} at ${path.join('.')}`,
    );
    assert.deepEqual(
      places?.locateKey(path),
      full.locateKey(path),
      `key in ${JSON.stringify(text)} at ${path.join('.')}`,
    );
  }
  return true;
}

const read = [
  'a: 1\n',
  'a: 1',
  'a: 1\r\nb: |\r\n  x\r\n  y\r\n',
  '# c\n\na: x # c\n\n  # c\nb:   y z  \n',
  'a:\n  b:\n    c: 1\n  d: 2\ne: 3\n',
  'a:\n- 1\n- b: 2\n  c: 3\n-   d: 4\n    e:\n    - 5\nf:\n  - x\n',
  'a: |\n  one\n\n    two\n  three\n\n\nb: |-\n  x\n',
  'a: \'it\'\'s\'\nb: "x \\"y\\" \\u00e9\\n"\n',
  'a: [1, [2, three], {b: 4, c: "5, 6"}]\nd: {}\ne: []\nf: [ ]\n',
  'a: ~\nb: null\nc: True\nd: 1e3\ne: -1.5\nf: 007\ng: +1\nh: 1_0\ni: -0\nj: 2026-03-01T09:12:00Z\nk: .5\nl: 1.\n',
  'a:\nb: # c\nc: 1\n',
  '1: a\ntrue: b\nnull: c\n1.0: d\n',
  'a: x:y\nb: a#b\nc: a, b\nd: it\'s "so"\n',
  // Behind U+2028 no line begins.
  'a: |\n  x\n#\u2028\u00a0a\n',
];

for (const text of read)
  test(`the fast reader reads ${JSON.stringify(text).slice(0, 60)}`, () => assert.ok(agrees(text)));

const left = [
  '',
  '- a\n',
  ' a: 1\n',
  'a: &x 1\n',
  'a: *x\n',
  'a: !t x\n',
  'a: 1\na: 2\n',
  'a: b: c\n',
  'a: x\n  y\n',
  'a: "x\n  y"\n',
  'a: [1,\n  2]\n',
  'a: >\n  x\n',
  'a: |+\n  x\n\n',
  'a: |2\n   x\n',
  '--- \na: 1\n',
  '%YAML 1.2\n',
  'a:\t1\n',
  'a: .nan\n',
  'a: 0x1F\n',
  'a: 12345678901234567890\n',
  '__proto__: 1\n',
  '? a\n: 1\n',
  'a: {b}\n',
  'a: [1,]\n',
  'a: "\\ud800"\n',
  'a: "\\x41"\n',
  'a: @x\n',
  'a: 1\n b: 2\n',
  'a: 1\n---\nb: 2\n',
  `a: ${'['.repeat(100)}${']'.repeat(100)}\n`,
];

for (const text of left)
  test(`the fast reader leaves ${JSON.stringify(text).slice(0, 40)} to the full one`, () =>
    assert.equal(plainYaml(text), undefined));

const scrap = fc.constantFrom(
  ...[
    'a',
    'b',
    'key',
    'a: ',
    'b: ',
    'c:',
    ':',
    ': ',
    ' ',
    '  ',
    '    ',
    '\n',
    '\n\n',
    '\n  ',
    '\n    ',
    '\n- ',
    '\n  - ',
    '- ',
    '-',
    '|',
    '|-',
    '|+',
    '>',
    '"',
    "'",
    "''",
    '\\n',
    '\\u00e9',
    '#',
    ' # c',
    '[',
    ']',
    '{',
    '}',
    ',',
    ', ',
    '1',
    '-1',
    '0.5',
    '1e9',
    '.5',
    '.nan',
    '0o7',
    'null',
    '~',
    'true',
    'False',
    '&x',
    '*x',
    '!t',
    '? ',
    '@',
    '%',
    '---',
    '...',
    '<<',
    '\u00a0',
    '\u2028',
    '\u0085',
    'é',
    '😀',
    '\r\n',
    '\t',
    '__proto__: ',
    '2026-03-01T09:12:00Z',
    '=',
    '`',
  ],
);

test('on texts of scraps the fast reader says what the full one says, or nothing', () => {
  let answered = 0;
  const count = (text: string): void => {
    answered += agrees(text) ? 1 : 0;
  };
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 14 }), (scraps) => count(`a: ${scraps.join('')}`)),
    { numRuns: 6000 },
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 10 }), (scraps) =>
      count(`a:\n  - ${scraps.join('')}\n  b: 1\n`),
    ),
    { numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 10 }), (scraps) =>
      count(`a: |\n  x\n${scraps.join('')}\n`),
    ),
    { numRuns: 2000 },
  );
  assert.ok(answered > 300, `only ${answered} texts were read`);
});

const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium' },
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.stringMatching(/^[a-z :#,'"\n-]{0,30}$/),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z_][a-z_-]{0,8}$/), tie('tree'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));

test('on what a writer of YAML writes the fast reader says what the full one says, or nothing', () => {
  let answered = 0;
  const indents = fc.constantFrom(2, 4);
  const root = fc.dictionary(fc.constantFrom('schema', 'id', 'title', 'body'), tree, {
    minKeys: 1,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(root, indents, fc.boolean(), fc.boolean(), (value, indent, indentSeq, flow) => {
      const text = stringify(value, {
        indent,
        indentSeq,
        lineWidth: 0,
        ...(flow ? { collectionStyle: 'flow' as const } : {}),
      });
      answered += agrees(text) ? 1 : 0;
    }),
    { numRuns: 3000 },
  );
  assert.ok(answered > 150, `only ${answered} texts were read`);
});
