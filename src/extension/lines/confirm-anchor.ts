import { l10n, Uri, window, workspace } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import { writeAnchors } from '../../app/write-anchors.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

/**
 * Anchors the lines that are proposed for an anchor anew: a person looked at them. What is anchored are the bytes on disk, so
 * an edited file is saved first.
 *
 * @param uri the file in which they were shown
 * @param index the anchor's place in its record, from 0
 */
export async function confirmAnchor(
  model: ModelWorkspace,
  uri: string,
  { id, index }: { readonly id: string; readonly index: number },
): Promise<void> {
  const session = model.sessionOf(Uri.parse(uri));
  const repository = session?.state.kind === 'ready' ? session.state.repository : null;
  if (!session || !repository)
    throw new CountersignError(
      'anchor/place',
      l10n.t('Records are written in a trusted folder on disk that has a .countersign folder.'),
    );
  const edited = workspace.textDocuments.find(
    (document) => document.uri.toString() === uri && document.isDirty,
  );
  if (edited && !(await edited.save()))
    throw new CountersignError('anchor/place', l10n.t('{0} could not be saved', edited.fileName));
  const written = await writeAnchors(repository, id, { accept: [index], proved: false });
  await session.readNow();
  const lines = written[index]?.followed.now?.lines;
  if (lines)
    window.setStatusBarMessage(
      l10n.t('Lines {0}–{1} are linked to {2}', lines[0], lines[1], id),
      5000,
    );
}
