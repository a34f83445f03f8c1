import {
  CancellationTokenSource,
  type CancellationToken,
  l10n,
  ProgressLocation,
  type Uri,
  window,
} from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { Signer } from '../../app/ports.ts';
import type { Repository } from '../../app/repository.ts';
import { type AskpassQuestion, openAskpass } from '../../node/askpass.ts';
import { openSigner } from '../../node/ssh-keygen-signer.ts';
import { oneLine } from '../tree/one-line.ts';

/**
 * Signs with the key that git signs with; what ssh-keygen asks meanwhile is asked in the editor. A secret is typed into a
 * password box and handed to ssh-keygen, and neither kept nor logged.
 *
 * @param extension the folder of the extension
 * @throws CountersignError `sign/cancelled` where the person closes the box
 */
export async function withEditorSigner<Result>(
  repository: Repository,
  extension: Uri,
  use: (signer: Signer) => Promise<Result>,
): Promise<Result> {
  let dismissed = false;
  let key = '';
  const programs = {
    node: process.execPath,
    shell: pathIn(extension, 'media/askpass.sh'),
    main: pathIn(extension, 'dist/askpass.js'),
  };
  const asking = await openAskpass(programs, async (question, gone) => {
    const answer = await ask(question, key, gone);
    dismissed ||= answer === null && !gone.aborted;
    return answer;
  });
  try {
    const signer = await openSigner(repository, {
      environment: process.env,
      askpass: asking.environment,
    });
    key = signer.keyName;
    return await use(signer);
  } catch (error) {
    if (dismissed)
      throw new CountersignError(
        'sign/cancelled',
        l10n.t('nothing was signed'),
        l10n.t('sign again when you are ready'),
        { cause: error },
      );
    throw error;
  } finally {
    await asking.close();
  }
}

function pathIn(extension: Uri, path: string): string {
  return extension.with({ path: `${extension.path}/${path}` }).fsPath;
}

async function ask(
  { kind, prompt }: AskpassQuestion,
  key: string,
  gone: AbortSignal,
): Promise<string | null> {
  const text = oneLine(prompt).trim();
  if (kind === 'notice') return notice(text, gone);
  if (kind === 'confirm')
    return (await window.showWarningMessage(text, { modal: true }, l10n.t('Yes'))) === undefined
      ? null
      : '';
  const answer = await window.showInputBox(
    {
      title: l10n.t('Sign-off with the key {0}', oneLine(key)),
      prompt: text,
      placeHolder: l10n.t('Passphrase or PIN of this key, for this one signature; it is not kept'),
      password: true,
      ignoreFocusOut: true,
    },
    tokenOf(gone),
  );
  return answer ?? null;
}

/** Shows what ssh-keygen waits for, such as a touch of the key, for as long as it waits. */
async function notice(title: string, gone: AbortSignal): Promise<string> {
  await window.withProgress(
    { location: ProgressLocation.Notification, title },
    () => new Promise<void>((done) => gone.addEventListener('abort', () => done())),
  );
  return '';
}

/** A box that nobody waits for any more goes away. */
function tokenOf(gone: AbortSignal): CancellationToken {
  const source = new CancellationTokenSource();
  gone.addEventListener('abort', () => source.cancel());
  return source.token;
}
