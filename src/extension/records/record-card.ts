import { l10n, MarkdownString } from 'vscode';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { escapeMarkdown } from '../../core/render/escape-markdown.ts';
import { oneLine } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { riskText, statusText, titleText } from './record-text.ts';

/** Commands that a card may call; texts from records can never add one. */
const allowed = ['countersign.openFile', 'countersign.openBehind', 'countersign.showReport'];

/** An empty card whose links may call our own commands only. */
export function emptyCard(): MarkdownString {
  const card = new MarkdownString('', true);
  card.isTrusted = { enabledCommands: allowed };
  return card;
}

/** What a record is, for a hover: texts of the record are escaped, links are ours. */
export function appendRecord(
  card: MarkdownString,
  record: ParsedRecord,
  session: FolderSession,
): MarkdownString {
  const value = record.value as {
    readonly title?: unknown;
    readonly body?: unknown;
    readonly context?: unknown;
    readonly question?: unknown;
  };
  const text = [value.body, value.context, value.question].find(
    (candidate) => typeof candidate === 'string',
  );
  const own = record.kind === 'evaluation' ? [record.value.id] : [];
  const evaluations = record.kind === 'decision' ? (record.value.evaluations ?? []) : own;
  const links = [
    openLink(l10n.t('Open record'), record.path, session),
    ...evaluations.map((id) =>
      commandLink(l10n.t('Report {0}', id), 'countersign.showReport', [id]),
    ),
  ];
  const lines = [
    `**${plain(titleText(value.title))}**`,
    plain([record.id ?? record.kind, ...facts(record)].join(' · ')),
    ...(typeof text === 'string' ? [plain(text, 300)] : []),
    links.join(' · '),
  ];
  return card.appendMarkdown(lines.join('\n\n'));
}

/** A text of a record as Markdown that is nothing but its words, on one line. */
export function plain(text: string, limit = 200): string {
  return escapeMarkdown(oneLine(text, limit));
}

/** A link of a card that opens a file of the repository. */
export function openLink(label: string, path: string, session: FolderSession): string {
  return commandLink(label, 'countersign.openFile', [{ uri: session.uri(path).toString() }]);
}

/** A link of a card that calls one of our commands. @param label our own words, or {@link plain} ones */
export function commandLink(label: string, command: string, args: readonly unknown[]): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify(args))})`;
}

function facts(record: ParsedRecord): readonly string[] {
  if (record.kind === 'feedback') {
    const { status, channel, classification, assignee } = record.value;
    return [
      statusText(status),
      channel,
      classification?.component,
      assignee && `@${assignee}`,
    ].filter((fact) => typeof fact === 'string' && fact !== '') as string[];
  }
  if (record.kind === 'decision')
    return [statusText(record.value.status), riskText(record.value.risk), `@${record.value.owner}`];
  if (record.kind === 'slice') return [record.value.table, oneLine(record.value.where, 120)];
  if (record.kind === 'evaluation') return [record.value.kind];
  return [];
}
