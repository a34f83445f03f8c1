import {
  l10n,
  Range,
  type RenameProvider,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from 'vscode';
import { kindOfPath } from '../../core/records/kind-of-path.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { RecordIndex } from '../workspace/record-index.ts';
import { idAt, idPattern } from './record-ids.ts';

/** Files that hold signatures or are named by their own digest: what they say is never edited. */
const sealed: readonly (string | null)[] = ['signoff', 'exception', 'result'];

/** Gives a record another id, everywhere: its file, every record that names it, markers in code, and its reviews. */
export function renameProvider(model: ModelWorkspace): RenameProvider {
  const placeOf = (
    document: TextDocument,
    id: string,
  ): {
    readonly session: FolderSession;
    readonly index: RecordIndex;
    readonly record: ParsedRecord;
  } => {
    const session = model.sessionOf(document.uri);
    const state = session?.state;
    if (!session || state?.kind !== 'ready' || !state.repository)
      throw new Error(l10n.t('Ids are renamed in a trusted folder on disk.'));
    const record = state.index.byId.get(id);
    if (!record) throw new Error(l10n.t('There is no record {0} that could be read.', id));
    const bound = boundBy(state.index, id);
    if (bound) throw new Error(bound);
    return { session, index: state.index, record };
  };
  return {
    prepareRename(document, position) {
      const found = idAt(document, position);
      if (!found) throw new Error(l10n.t('Only the id of a record can be renamed.'));
      placeOf(document, found.id);
      return { range: found.range, placeholder: found.id };
    },
    async provideRenameEdits(document, position, name) {
      const found = idAt(document, position);
      if (!found) return undefined;
      const { session, index, record } = placeOf(document, found.id);
      const prefix = found.id.slice(0, 3);
      if (!new RegExp(`^${prefix}[0-9A-Z]{4,16}$`).test(name))
        throw new Error(l10n.t('An id is {0} and 4 to 16 capital letters or digits.', prefix));
      if (name !== found.id && index.byId.has(name))
        throw new Error(l10n.t('There is a record {0} already.', name));
      const edit = new WorkspaceEdit();
      for (const path of await pathsNaming(session, index, found.id))
        await replaceIn(edit, session.uri(path), found.id, name);
      edit.renameFile(
        session.uri(record.path),
        session.uri(record.path.replace(`${found.id}.yaml`, `${name}.yaml`)),
        { overwrite: false },
      );
      const reviews = `.countersign/reviews/${found.id}`;
      if ([...index.byPath.keys()].some((path) => path.startsWith(`${reviews}/`)))
        edit.renameFile(session.uri(reviews), session.uri(`.countersign/reviews/${name}`), {
          overwrite: false,
        });
      return edit;
    },
  };
}

/** Why an id may not change any more: a signature or a result names it for good. */
function boundBy({ graph }: RecordIndex, id: string): string | null {
  const kinds = graph.outgoing(id).map(({ kind }) => kind);
  if (kinds.includes('signoff'))
    return l10n.t(
      '{0} is named in a signature, and what was signed does not change. Supersede it by a new record instead.',
      id,
    );
  if (kinds.includes('result'))
    return l10n.t('{0} has results, which name it. Write a new evaluation instead.', id);
  return null;
}

/** Records, broken ones too, and code with a marker. */
async function pathsNaming(
  { state }: FolderSession,
  { graph }: RecordIndex,
  id: string,
): Promise<readonly string[]> {
  const repository = state.kind === 'ready' ? state.repository : null;
  const entries = repository ? await repository.files.list('.countersign') : [];
  const records = entries.flatMap(({ path, kind }) =>
    kind === 'file' && path.endsWith('.yaml') && !sealed.includes(kindOfPath(path)) ? [path] : [],
  );
  return [
    ...new Set([
      ...records,
      ...graph.incoming(id).flatMap(({ kind, at }) => (kind === 'marker' ? [at.path] : [])),
    ]),
  ];
}

async function replaceIn(edit: WorkspaceEdit, uri: Uri, id: string, name: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  for (const match of document.getText().matchAll(idPattern)) {
    if (match[0] === id)
      edit.replace(
        uri,
        new Range(document.positionAt(match.index), document.positionAt(match.index + id.length)),
        name,
      );
  }
}
