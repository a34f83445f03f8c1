import { l10n, type QuickPickItem, Uri, window } from 'vscode';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { linkIcon } from '../decisions/decision-tree.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { openFile } from './open-record.ts';
import { statusText, titleText } from './record-text.ts';

type Choice = QuickPickItem & { readonly path: string };

/** Finds a record by id, title or status, and opens it. */
export async function pickRecord(model: ModelWorkspace): Promise<void> {
  const { state, current } = model;
  if (state.kind !== 'ready' || !current)
    return void window.showInformationMessage(l10n.t('There are no records in this folder yet.'));
  await choose([...state.index.byId.values()], current, l10n.t('Open record'));
}

/** Opens one of the records behind a line: at once where there is but one. */
export async function pickBehind(
  model: ModelWorkspace,
  uri: string,
  ids: readonly string[],
): Promise<void> {
  const session = model.sessionOf(Uri.parse(uri));
  if (session?.state.kind !== 'ready') return;
  const { byId } = session.state.index;
  const records = ids.flatMap((id) => byId.get(id) ?? []);
  const [only, ...others] = records;
  if (only && others.length === 0)
    return void (await openFile({ uri: session.uri(only.path).toString() }));
  await choose(records, session, l10n.t('Behind these lines'));
}

async function choose(
  records: readonly ParsedRecord[],
  session: FolderSession,
  title: string,
): Promise<void> {
  await KeyFlow.run(async (flow) => {
    const chosen = await flow.pick(records.map(choice), {
      title,
      placeholder: l10n.t('Id, title or status'),
    });
    if (chosen) await flow.open({ uri: session.uri(chosen.path).toString() });
  });
}

function choice({ id, path, value }: ParsedRecord): Choice {
  const { title, status } = value as { readonly title?: unknown; readonly status?: string };
  return {
    path,
    label: `$(${linkIcon(id ?? '')}) ${oneLineWithoutIcons(titleText(title))}`,
    description: [id, status && statusText(status)].filter(Boolean).join(' · '),
  };
}
