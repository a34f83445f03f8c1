import { l10n, window } from 'vscode';
import { initialise } from '../../app/init.ts';
import { configuredPublicKey } from '../../node/signing-key.ts';
import { openFile } from '../records/open-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { FolderState } from '../workspace/snapshot.ts';

/** Writes a starting `.countersign/` into the repository, and opens its policy: nothing is enforced until that lands. */
export async function initialiseFolder(model: ModelWorkspace): Promise<void> {
  const { current, state } = model;
  if (current && state.kind === 'recordsGone') return bringBack(current, state);
  const repository = state.kind === 'noRecords' || state.kind === 'ready' ? state.repository : null;
  if (!current || !repository)
    return void window.showInformationMessage(
      l10n.t('Open a trusted folder inside a git repository first.'),
    );
  const {
    written,
    signs,
    ungoverned_code: left,
  } = await initialise(repository, await configuredPublicKey(repository));
  await current.refreshNow();
  if (written.length === 0)
    return void window.showInformationMessage(
      l10n.t('Everything is there already; nothing was written.'),
    );
  await openFile({ uri: current.uri('.countersign/policy.yaml').toString() });
  if (!signs)
    return void window.showWarningMessage(
      l10n.t(
        'The records were begun, and nobody can approve anything yet: no signing key was found. Make one (ssh-keygen -t ed25519), name it to git (git config user.signingKey), and initialise again.',
      ),
    );
  const message =
    written.length === 1
      ? l10n.t('1 file was written. Read the policy, then commit it.')
      : l10n.t('{0} files were written. Read the policy, then commit them.', written.length);
  void window.showInformationMessage(
    left.length === 0
      ? message
      : l10n.t(
          '{0} No rule governs {1} files of code, {2} among them: add what decides what the model does to the paths of model-change.',
          message,
          left.length,
          left[0] as string,
        ),
  );
}

/** Brings the folder of records back as HEAD or the target branch has it, once the person said so. */
async function bringBack(
  session: FolderSession,
  { repository, held }: Extract<FolderState, { kind: 'recordsGone' }>,
): Promise<void> {
  const yes = l10n.t('Bring It Back');
  const chosen = await window.showWarningMessage(
    l10n.t(
      'The folder .countersign is gone from here; {0} holds it, and its policy stands. Shall it be brought back from {1}?',
      held.holders.join(', '),
      held.holders[0] ?? 'HEAD',
    ),
    yes,
  );
  if (chosen !== yes) return;
  // The question may have stood there for long: records that are there again are nobody's to replace.
  await session.refreshNow();
  if (session.state.kind !== 'recordsGone')
    return void window.showInformationMessage(
      l10n.t('The folder .countersign is here again; nothing was brought back.'),
    );
  await repository.git.text(held.restore);
  await session.refreshNow();
}
