import { type Uri, workspace } from 'vscode';
import { checkStaged } from '../../app/check-staged.ts';
import { heldRecords } from '../../app/held-records.ts';
import type { Files } from '../../app/ports.ts';
import type { Repository } from '../../app/repository.ts';
import { hookStates } from '../../node/hooks.ts';
import { openRepository } from '../../node/repository.ts';
import { personOfPolicy } from '../records/people.ts';
import { editorFiles } from './editor-files.ts';
import { loadRecords, loadRecordsOnly } from './load-records.ts';
import { type FolderState, failureOf, type GateState, type ReadyState } from './snapshot.ts';
import { workspaceFiles } from './workspace-files.ts';

/** A folder as it was read, and the repository that it is in where one may be asked. */
export type ReadFolder = { readonly state: FolderState; readonly repository: Repository | null };

/**
 * Reads a folder's records, which is quick. What the gate says of what is staged takes longer, and is asked by
 * {@link askGate} after.
 */
export async function readFolder(folder: Uri): Promise<ReadFolder> {
  if (folder.scheme !== 'file') return readOnly(folder, { kind: 'virtual' });
  // git reads configuration of the folder's own, so nothing of it runs before a person trusts the folder.
  if (!workspace.isTrusted) return readOnly(folder, { kind: 'untrusted' });
  const repository = await findRepository(folder.fsPath);
  if (!repository) return { state: { kind: 'noRepository' }, repository };
  const files = editorFiles(repository.files, folder.with({ path: repository.top }));
  const records = await readRecords(files, repository);
  return {
    state:
      records.kind === 'ready' ? { ...records, gate: { kind: 'checking', last: null } } : records,
    repository,
  };
}

/** The records of a folder in which nothing may run, or which lies on no disk. */
async function readOnly(folder: Uri, gate: GateState): Promise<ReadFolder> {
  const files = editorFiles(workspaceFiles(folder), folder);
  const records = await readRecords(files, null);
  return { state: records.kind === 'ready' ? { ...records, gate } : records, repository: null };
}

async function findRepository(directory: string): Promise<Repository | null> {
  try {
    return await openRepository(directory);
  } catch (error) {
    if (failureOf(error).code === 'repository/none') return null;
    throw error;
  }
}

async function readRecords(
  files: Files,
  repository: Repository | null,
): Promise<Omit<ReadyState, 'gate'> | Extract<FolderState, { kind: 'noRecords' | 'recordsGone' }>> {
  const entries = await files.list('.countersign');
  if (entries.length === 0) {
    const held = repository && (await heldRecords(repository));
    return repository && held
      ? { kind: 'recordsGone', repository, held }
      : { kind: 'noRecords', repository };
  }
  const index = await (repository ? loadRecords(files, repository) : loadRecordsOnly(files));
  return {
    kind: 'ready',
    repository,
    index,
    person: repository ? await personOfPolicy(repository, index) : null,
  };
}

/** What the gate says of what is staged, or why it could not be asked. */
export async function askGate(repository: Repository): Promise<GateState> {
  try {
    const { result, commit } = await checkStaged(repository);
    const hooks = await hookStates(repository);
    return {
      kind: 'checked',
      result,
      commit,
      hook: hooks.find(({ name }) => name === 'pre-commit')?.state ?? 'missing',
    };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}
