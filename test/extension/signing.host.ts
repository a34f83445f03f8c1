import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensions, type InputBoxOptions, window } from 'vscode';
import { withEditorSigner } from '../../src/extension/signoff/editor-signer.ts';
import { openRepository } from '../../src/node/repository.ts';
import { hostCase } from './cases.ts';
import { git } from './model-repository.ts';
import { openModel } from './open-model.ts';

const secret = 'correct horse';

/** Signs with an encrypted key while the input box gives this answer; says how it was asked, and what came of it. */
async function signAnswering(answer: string | undefined): Promise<{ readonly boxes: readonly InputBoxOptions[]; readonly outcome: string }> {
  const { folder } = await openModel();
  const keys = mkdtempSync(join(tmpdir(), 'countersign-key-'));
  const boxes: InputBoxOptions[] = [];
  const showInputBox = window.showInputBox;
  try {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '1', '-N', secret, '-C', '', '-f', join(keys, 'key')]);
    git(folder, 'config', 'user.signingKey', join(keys, 'key'));
    Object.assign(window, { showInputBox: async (options: InputBoxOptions) => (boxes.push(options), answer) });
    const extension = extensions.getExtension('countersign.countersign');
    assert.ok(extension);
    const signing = withEditorSigner(await openRepository(folder), extension.extensionUri, (signer) => signer.sign(Buffer.from('x'), 'model-signoff'));
    return { boxes, outcome: await signing.catch((error) => `${error.code}: ${error.message}`) };
  } finally {
    Object.assign(window, { showInputBox });
    git(folder, 'config', '--unset', 'user.signingKey');
    rmSync(keys, { recursive: true, force: true });
  }
}

hostCase('the passphrase of a key is asked in a password box and signs', async () => {
  const { boxes, outcome } = await signAnswering(secret);
  assert.match(outcome, /^-----BEGIN SSH SIGNATURE-----/);
  assert.equal(boxes.length, 1);
  assert.equal(boxes[0]?.password, true);
  assert.match(boxes[0]?.prompt ?? '', /passphrase/i);
});

hostCase('a wrong passphrase is said to be one, and a closed box is no failure of the key', async () => {
  assert.match((await signAnswering('wrong')).outcome, /^sign\/passphrase: (?!.*correct horse)/);
  assert.match((await signAnswering(undefined)).outcome, /^sign\/cancelled: /);
});
