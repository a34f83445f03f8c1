import { commands, l10n, type Uri, window } from 'vscode';
import { makeSignoff, type PreparedSignoff, prepareSignoffs, storeSigned } from '../../app/sign.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { withEditorSigner } from './editor-signer.ts';
import { repositoryOf } from './sign-staged.ts';

/**
 * Signs that what an approval was given on is done. Where something of the rule is staged as well, that is signed with it,
 * so the form opens, in which the promise has its box.
 */
export async function closePromise(
  model: ModelWorkspace,
  extension: Uri,
  { rule, text }: { readonly rule: string; readonly text: string },
): Promise<void> {
  const repository = repositoryOf(model);
  const drafts = await prepareSignoffs(repository, {
    source: { kind: 'staged' },
    rule,
    decision: 'approve',
    meets: [text],
  });
  const [draft] = drafts;
  if (!draft) return;
  if (draft.files.length > 0) return void (await commands.executeCommand('countersign.sign'));
  if (!(await confirm(draft))) return;
  const made = await withEditorSigner(repository, extension, (signer) =>
    makeSignoff(repository, draft, {}, signer),
  );
  await storeSigned(repository, made);
  void window.showInformationMessage(
    l10n.t('Signed and staged for the next commit: {0}', made.path),
  );
  await model.refresh();
}

async function confirm({ meaning }: PreparedSignoff): Promise<boolean> {
  const sign = l10n.t('Sign with my key');
  return (
    (await window.showWarningMessage(
      l10n.t('What your signature means'),
      { modal: true, detail: meaning },
      sign,
    )) === sign
  );
}
