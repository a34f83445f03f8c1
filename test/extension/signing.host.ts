import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands, env, extensions, type InputBoxOptions, window } from 'vscode';
import { prepareSignoffs } from '../../src/app/sign.ts';
import { withEditorSigner } from '../../src/extension/signoff/editor-signer.ts';
import { sign } from '../../src/extension/signoff/sign-staged.ts';
import { openRepository } from '../../src/node/repository.ts';
import { answeringPicks } from './answering-pick.ts';
import { hostCase } from './cases.ts';
import { git, write } from './model-repository.ts';
import { openModel } from './open-model.ts';

const secret = 'correct horse';

/** Signs with an encrypted key while the input box gives this answer; says how it was asked, and what came of it. */
async function signAnswering(
  answer: string | undefined,
): Promise<{ readonly boxes: readonly InputBoxOptions[]; readonly outcome: string }> {
  const { folder } = await openModel();
  const keys = mkdtempSync(join(tmpdir(), 'countersign-key-'));
  const boxes: InputBoxOptions[] = [];
  const showInputBox = window.showInputBox;
  try {
    execFileSync('ssh-keygen', [
      '-q',
      '-t',
      'ed25519',
      '-a',
      '1',
      '-N',
      secret,
      '-C',
      '',
      '-f',
      join(keys, 'key'),
    ]);
    git(folder, 'config', 'user.signingKey', join(keys, 'key'));
    Object.assign(window, {
      showInputBox: async (options: InputBoxOptions) => (boxes.push(options), answer),
    });
    const extension = extensions.getExtension('countersign.countersign');
    assert.ok(extension);
    const signing = withEditorSigner(
      await openRepository(folder),
      extension.extensionUri,
      (signer) => signer.sign(Buffer.from('x'), 'model-signoff'),
    );
    return { boxes, outcome: await signing.catch((error) => `${error.code}: ${error.message}`) };
  } finally {
    Object.assign(window, { showInputBox });
    git(folder, 'config', '--unset', 'user.signingKey');
    rmSync(keys, { recursive: true, force: true });
  }
}

hostCase('nothing is signed that rejects without a reason', async () => {
  const { api, folder } = await openModel();
  const before = readFileSync(join(folder, 'model/score.py'), 'utf8');
  write(folder, 'model/score.py', before.replace('0.5', '0.7'));
  git(folder, 'add', 'model/score.py');
  const extension = extensions.getExtension('countersign.countersign');
  assert.ok(extension);
  const staged = { kind: 'staged' } as const;
  const [draft] = await prepareSignoffs(await openRepository(folder), {
    source: staged,
    decision: 'reject',
  });
  assert.ok(draft);
  const asked = {
    kind: 'sign',
    rule: draft.rule,
    digest: draft.digest,
    decision: 'reject',
    answers: { docs: { answer: 'no' } },
    reason: ' ',
    vouches: [],
    meets: [],
  } as const;
  await assert.rejects(
    sign(api.model, extension.extensionUri, asked, staged),
    ({ code }: { readonly code?: string }) => code === 'sign/no-reason',
  );
  // With one, it goes on to the key, which there is none of here.
  await assert.rejects(
    sign(api.model, extension.extensionUri, { ...asked, reason: 'too wide to say' }, staged),
    ({ code }: { readonly code?: string }) => code !== 'sign/no-reason',
  );
  git(folder, 'reset', '--quiet', '--hard');
});

hostCase('the doctor says what is wrong first, and a choice copies what mends it', async () => {
  const { folder } = await openModel();
  const shown: {
    readonly label: string;
    readonly description?: string;
    readonly fix: string | null;
  }[] = [];
  git(folder, 'config', 'user.email', 'gil@home.example');
  try {
    await answeringPicks(
      (picker) => {
        shown.push(...(picker.items as readonly (typeof shown)[number][]));
        picker.activeItems = picker.items.filter(({ label }) => label.endsWith(' you'));
        return true;
      },
      () => commands.executeCommand('countersign.doctor'),
    );
  } finally {
    git(folder, 'config', 'user.email', 'ada@example.org');
  }
  const you = shown.find(({ label }) => label === '$(warning) you');
  assert.match(you?.description ?? '', /^gil@home\.example is nobody's by the policy: /);
  assert.match(you?.fix ?? '', /people\.<you>\.emails/);
  assert.equal(await env.clipboard.readText(), you?.fix);
  const signs = shown.map(({ label }) =>
    ['error', 'warning', 'pass'].findIndex((sign) => label.startsWith(`$(${sign})`)),
  );
  assert.deepEqual(signs, signs.toSorted());
  assert.ok(shown.some(({ label }) => label === '$(pass) git'));
});

hostCase('the passphrase of a key is asked in a password box and signs', async () => {
  const { boxes, outcome } = await signAnswering(secret);
  assert.match(outcome, /^-----BEGIN SSH SIGNATURE-----/);
  assert.equal(boxes.length, 1);
  assert.equal(boxes[0]?.password, true);
  assert.match(boxes[0]?.prompt ?? '', /passphrase/i);
  assert.match(boxes[0]?.title ?? '', /^Sign-off with the key \/\S+$/);
});

hostCase(
  'a wrong passphrase is said to be one, and a closed box is no failure of the key',
  async () => {
    assert.match((await signAnswering('wrong')).outcome, /^sign\/passphrase: (?!.*correct horse)/);
    assert.match((await signAnswering(undefined)).outcome, /^sign\/cancelled: /);
  },
);
