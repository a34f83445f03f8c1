import { l10n, MarkdownString } from 'vscode';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { oneLine } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { riskText, statusText, titleText } from './record-text.ts';

/** Commands that a card may call; texts from records can never add one. */
const allowed = ['countersign.openFile', 'countersign.showReport'];

/** An empty card whose links may call our own commands only. */
export function emptyCard(): MarkdownString {
  const card = new MarkdownString('', true);
  card.isTrusted = { enabledCommands: allowed };
  return card;
}

/** What a record is, for a hover: texts of the record are escaped, links are ours. */
export function appendRecord(card: MarkdownString, record: ParsedRecord, session: FolderSession): MarkdownString {
  const value = record.value as { readonly title?: unknown; readonly body?: unknown; readonly context?: unknown; readonly question?: unknown };
  card.appendMarkdown('**').appendText(oneLine(titleText(value.title))).appendMarkdown('**\n\n');
  card.appendText([record.id ?? record.kind, ...facts(record)].join(' · ')).appendMarkdown('\n\n');
  const text = [value.body, value.context, value.question].find((candidate) => typeof candidate === 'string');
  if (typeof text === 'string') card.appendText(oneLine(text, 300)).appendMarkdown('\n\n');
  return card.appendMarkdown(openLink(l10n.t('Open record'), record.path, session));
}

/** A link of a card that opens a file of the repository. */
export function openLink(label: string, path: string, session: FolderSession, line?: number): string {
  const target = encodeURIComponent(JSON.stringify([{ uri: session.uri(path).toString(), ...(line === undefined ? {} : { line }) }]));
  return `[${label}](command:countersign.openFile?${target})`;
}

function facts(record: ParsedRecord): readonly string[] {
  if (record.kind === 'feedback') {
    const { status, channel, classification, assignee } = record.value;
    return [statusText(status), channel, classification?.component, assignee && `@${assignee}`].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
  }
  if (record.kind === 'decision') return [statusText(record.value.status), riskText(record.value.risk), `@${record.value.owner}`];
  if (record.kind === 'slice') return [record.value.table, oneLine(record.value.where, 120)];
  if (record.kind === 'evaluation') return [record.value.kind];
  return [];
}
