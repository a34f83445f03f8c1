/** Where a function or class begins and ends, and that nobody claims to know it in a language that nobody reads. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSymbol } from '../../../src/core/trails/symbol-lines.ts';

const rows: readonly {
  readonly name: string;
  readonly path: string;
  readonly symbol: string;
  readonly text: string;
  /** Lines, or the kind of answer. */
  readonly want: string;
}[] = [
  {
    name: 'a signature over several lines',
    path: 'a.py',
    symbol: 'score',
    text: 'import os\ndef score(\n    a,\n    b,\n):\n    return a\n\nx = 1\n',
    want: '2-6',
  },
  {
    name: 'decorators belong to it, a comment above does not',
    path: 'a.py',
    symbol: 'go',
    text: '# why\n@cache\n@app.route(\n    "/x",\n)\nasync def go():\n    pass\n',
    want: '2-7',
  },
  {
    name: 'a docstring at column 0 does not end it',
    path: 'a.py',
    symbol: 'go',
    text: 'def go():\n    """Says\nat column 0: def other():\n    """\n    return 1\nend = 2\n',
    want: '1-5',
  },
  {
    name: 'a comment at column 0 in a class does not end it',
    path: 'a.py',
    symbol: 'Model',
    text: 'class Model:\n    a = 1\n# note\n    def f(self):\n        return (\n0)\n\n\ndef f():\n    pass\n',
    want: '1-6',
  },
  {
    name: 'a method by its dotted name',
    path: 'a.py',
    symbol: 'Model.f',
    text: 'class Model:\n    def f(self): return 1\n\ndef f():\n    pass\n',
    want: '2-2',
  },
  {
    name: 'two of one name',
    path: 'a.py',
    symbol: 'f',
    text: 'def f():\n    pass\ndef f():\n    pass\n',
    want: 'twice',
  },
  { name: 'none of this name', path: 'a.py', symbol: 'g', text: '# def g():\n', want: 'absent' },
  {
    name: 'a name in a text over several lines is none',
    path: 'a.py',
    symbol: 'g',
    text: 'x = """\ndef g():\n    pass\n"""\n',
    want: 'absent',
  },
  {
    name: 'a backslash goes on, one in a comment does not',
    path: 'a.py',
    symbol: 'g',
    text: 'x = 1 + \\\n2\n# odd \\\ndef g():\n    return 1\n',
    want: '4-5',
  },
  {
    name: 'a brace in a template, a comment and a pattern',
    path: 'a.ts',
    symbol: 'go',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of the text that is read.
    text: 'function go() {\n  // }\n  const a = `}${b.map((x) => `{${x}`)}`;\n  return /[}/]}/.test(a) || "}";\n}\nconst z = 1;\n',
    want: '1-5',
  },
  {
    name: 'a method with modifiers and a type',
    path: 'a.ts',
    symbol: 'Runner.go',
    text: 'export class Runner {\n  private async go(x: number): Promise<{ a: number }> {\n    if (x) {\n    }\n    return { a: x };\n  }\n  go2() {}\n}\n',
    want: '2-6',
  },
  {
    name: 'a call is no method',
    path: 'a.ts',
    symbol: 'go',
    text: 'function a() {\n  go(1);\n}\nfunction go(x: { y: number } = { y: 1 }): void {\n}\n',
    want: '4-5',
  },
  {
    name: 'overloads have one body',
    path: 'a.ts',
    symbol: 'f',
    text: 'function f(a: string): void;\nfunction f(a: number): void;\nfunction f(a: unknown): void {\n}\n',
    want: '3-4',
  },
  {
    name: 'an arrow function over several lines',
    path: 'a.tsx',
    symbol: 'score',
    text: 'export const score = (a: number) =>\n  a +\n  1\nconst next = 2\n',
    want: '1-3',
  },
  {
    name: 'a Go method',
    path: 'a.go',
    symbol: 'Go',
    text: 'package a\nfunc (r *R) Go(x int) (int, error) {\n\treturn x, nil // }\n}\n',
    want: '2-4',
  },
  {
    name: 'a Rust function with a lifetime',
    path: 'a.rs',
    symbol: 'go',
    text: "fn go<'a>(x: &'a str) -> char {\n    '}'\n}\n",
    want: '1-3',
  },
  {
    name: 'Java',
    path: 'a.java',
    symbol: 'go',
    text: 'void go() {\n}\n',
    want: 'not-understood .java',
  },
  {
    name: 'a notebook',
    path: 'a.ipynb',
    symbol: 'go',
    text: '{}',
    want: 'not-understood .ipynb',
  },
];

for (const { name, path, symbol, text, want } of rows)
  test(name, () => {
    const found = findSymbol(path, text, symbol);
    const said =
      found.kind === 'found'
        ? found.lines.join('-')
        : `${found.kind}${found.kind === 'not-understood' ? ` ${found.language}` : ''}`;
    assert.equal(said, want);
  });
