import { l10n, type Uri } from 'vscode';
import { linkIcon } from '../decisions/decision-tree.ts';
import { openCommand } from '../records/open-record.ts';
import { statusText, titleText } from '../records/record-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Behind, RecordIndex } from '../workspace/record-index.ts';

/** The rows of the Trail view: the decisions and feedback that stand behind a file, and what each of them names. */
export function trailTree(index: RecordIndex, path: string, text: string | null, session: FolderSession): readonly TreeNode[] {
  const rows = index.behind(path, text).map((behind) => behindNode(behind, index, session, path));
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function behindNode(behind: Behind, index: RecordIndex, session: FolderSession, path: string): TreeNode {
  const { id, lines, source, state } = behind;
  const record = index.byId.get(id);
  const { title, status = '' } = (record?.value ?? {}) as { readonly title?: unknown; readonly status?: string };
  const where = placeText(behind);
  const key = `${session.folder.uri}#${path}#${id}:${source}:${lines?.join('-') ?? state ?? ''}`;
  return {
    id: key,
    label: titleText(title),
    description: [id, status && statusText(status), where].filter(Boolean).join(' · '),
    icon: linkIcon(id),
    context: record?.kind ?? 'link',
    ...(record ? { record: { id, path: record.path } } : {}),
    children: [...placeNode(key, lines, session.uri(path)), ...recordNode(key, id, index, session), ...namedBy(key, id, index, session)],
    expanded: true,
  };
}

function placeNode(key: string, lines: Behind['lines'], uri: Uri): readonly TreeNode[] {
  if (!lines) return [];
  const label = l10n.t('Go to the lines');
  return [{ id: `${key}/lines`, label, description: `${lines[0]}–${lines[1]}`, icon: 'go-to-file', command: openCommand(label, uri, { line: lines[0], endLine: lines[1] + 1, endColumn: 1 }) }];
}

function recordNode(key: string, id: string, index: RecordIndex, session: FolderSession): readonly TreeNode[] {
  const record = index.byId.get(id);
  return record ? [{ id: `${key}/record`, label: l10n.t('Open record'), description: record.path, icon: 'go-to-file', command: openCommand(l10n.t('Open record'), session.uri(record.path)) }] : [];
}

/** The other records that this one names, so that a person sees why it is so without opening a file. */
function namedBy(key: string, id: string, index: RecordIndex, session: FolderSession): readonly TreeNode[] {
  const record = index.byId.get(id);
  if (record?.kind !== 'decision' && record?.kind !== 'feedback') return [];
  const named = record.kind === 'decision' ? [...(record.value.feedback ?? []), ...(record.value.evaluations ?? [])] : [];
  const slices = record.value.trail?.slices ?? [];
  return [...new Set([...named, ...slices])].map((target) => {
    const found = index.byId.get(target);
    const title = found ? titleText((found.value as { readonly title?: unknown }).title) : l10n.t('is not here');
    return { id: `${key}/${target}`, label: title, description: target, icon: found ? linkIcon(target) : 'warning', ...(found ? { command: openCommand(l10n.t('Open record'), session.uri(found.path)) } : {}) };
  });
}

function placeText({ lines, source, state }: Behind): string {
  if (source === 'governs') return l10n.t('governs this file');
  if (!lines) return l10n.t('its lines were rewritten or are gone');
  const place = lines[0] === lines[1] ? l10n.t('line {0}', lines[0]) : l10n.t('lines {0}–{1}', lines[0], lines[1]);
  if (state === 'moved') return l10n.t('{0}, moved', place);
  return state === 'changed' ? l10n.t('{0}, rewritten', place) : place;
}
