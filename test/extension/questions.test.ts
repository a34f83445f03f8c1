/** Whatever asks a person something asks it in the one list that keeps the focus. */
import { strict as assert } from 'node:assert';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = new URL('../..', import.meta.url).pathname;

/** Lists and boxes of the editor that go away, or let keys through, when something else takes the focus. */
const asks =
  /\b(?:showQuickPick|showInputBox|showWorkspaceFolderPick|showOpenDialog|showSaveDialog|createQuickPick|createInputBox)\b/g;

/** Who may use which of them. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/extension/flow/flow-picker.ts': ['createQuickPick'],
  // A secret is hidden as it is typed, which a list cannot do; the box stays when the focus goes.
  'src/extension/signoff/editor-signer.ts': ['showInputBox'],
};

function strayAsks(path: string, text: string): readonly string[] {
  return [...text.matchAll(asks)]
    .map(([name]) => name)
    .filter((name) => !allowed[path]?.includes(name));
}

test('every question of the extension is asked by the key flow', () => {
  const files = globSync('src/extension/**/*.ts', { cwd: root });
  assert.ok(files.includes(join('src', 'extension', 'flow', 'flow-picker.ts')));
  const found = files.flatMap((file) => {
    const path = file.replaceAll('\\', '/');
    return strayAsks(path, readFileSync(join(root, file), 'utf8')).map((name) => [path, name]);
  });
  assert.deepEqual(found, []);
});

test('the box for a secret stays when the focus goes', () => {
  const text = readFileSync(join(root, 'src/extension/signoff/editor-signer.ts'), 'utf8');
  assert.match(text, /password: true,\s+ignoreFocusOut: true/);
});

for (const [path, text] of [
  ['src/extension/planted.ts', 'await window.showQuickPick(items);'],
  ['src/extension/planted.ts', 'const { showInputBox } = window;'],
  ['src/extension/planted.ts', "import { window } from 'vscode'; window['createInputBox']();"],
  ['src/extension/signoff/editor-signer.ts', 'window.showQuickPick(items)'],
] as const)
  test(`a question that is asked past it is found: ${text}`, () =>
    assert.equal(strayAsks(path, text).length, 1));
