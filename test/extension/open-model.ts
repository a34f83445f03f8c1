import { strict as assert } from 'node:assert';
import { extensions, workspace } from 'vscode';
import type { Api } from '../../src/extension/main.ts';
import type { ReadyState } from '../../src/extension/workspace/snapshot.ts';
import { eventually } from './cases.ts';

/** The extension as the editor runs it, once it has read the folder's records. */
export async function openModel(): Promise<{
  readonly api: Api;
  readonly folder: string;
  ready(): ReadyState;
}> {
  const extension = extensions.getExtension<Api>('countersign.countersign');
  assert.ok(extension, 'the extension is installed');
  const api = await extension.activate();
  const folder = workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  const ready = (): ReadyState => {
    assert.equal(api.model.state.kind, 'ready');
    return api.model.state as ReadyState;
  };
  await eventually(
    'the gate has answered',
    () => api.model.state.kind === 'ready' && api.model.state.gate.kind !== 'checking',
  );
  return { api, folder: folder.uri.fsPath, ready };
}
