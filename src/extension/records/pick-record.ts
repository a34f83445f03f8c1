import { l10n, type QuickPickItem, window } from 'vscode';
import { linkIcon } from '../decisions/decision-tree.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { openFile } from './open-record.ts';
import { statusText, titleText } from './record-text.ts';

/** Finds a record by id, title or status, and opens it. */
export async function pickRecord(model: ModelWorkspace): Promise<void> {
  const { state, current } = model;
  if (state.kind !== 'ready' || !current) return void window.showInformationMessage(l10n.t('There are no records in this folder yet.'));
  const items = [...state.index.byId].map(([id, { path, value }]): QuickPickItem & { path: string } => {
    const { title, status } = value as { readonly title?: unknown; readonly status?: string };
    return { path, label: `$(${linkIcon(id)}) ${oneLineWithoutIcons(titleText(title))}`, description: [id, status && statusText(status)].filter(Boolean).join(' · ') };
  });
  const chosen = await window.showQuickPick(items, { title: l10n.t('Open record'), placeHolder: l10n.t('Id, title or status'), matchOnDescription: true });
  if (chosen) await openFile({ uri: current.uri(chosen.path).toString() });
}
