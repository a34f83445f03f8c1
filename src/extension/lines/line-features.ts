import {
  CodeLens,
  type Command,
  type ExtensionContext,
  EventEmitter,
  Hover,
  languages,
  l10n,
  type MarkdownString,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { appendRecord, commandLink, emptyCard, openLink, plain } from '../records/record-card.ts';
import { titleText } from '../records/record-text.ts';
import { reportCommands } from '../records/record-lenses.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { lastAnswer } from '../workspace/snapshot.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { RecordIndex } from '../workspace/record-index.ts';
import { type DoubtedAnchor, type LinesBehind, linesBehind } from './behind-lines.ts';
import { doubtText } from './doubt-text.ts';
import { whyText } from './why-text.ts';

const anywhere = [{ scheme: 'file' }, { scheme: 'vscode-remote' }, { scheme: 'vscode-vfs' }];
/** People's words shown in one hover; the rest is a number. */
const shown = 7;

/** Lenses above anchored lines and hovers on them, each with its own setting. */
export function registerLineFeatures(context: ExtensionContext, model: ModelWorkspace): void {
  const changed = new EventEmitter<void>();
  context.subscriptions.push(
    changed,
    model.onDidChangeAny(() => changed.fire()),
    workspace.onDidChangeConfiguration(
      (event) => event.affectsConfiguration('countersign') && changed.fire(),
    ),
    languages.registerCodeLensProvider(anywhere, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => lenses(model, document),
    }),
    languages.registerHoverProvider(anywhere, {
      provideHover: (document, { line }) => hover(model, document, line + 1),
    }),
  );
}

function lenses(model: ModelWorkspace, document: TextDocument): CodeLens[] {
  if (!workspace.getConfiguration('countersign', document.uri).get('codeLens.enabled', true))
    return [];
  const found = linesBehind(model, document);
  return (found?.blocks ?? []).flatMap(({ lines, ids, tried, evaluations, doubted }) => {
    const line = Math.min(lines[0], document.lineCount) - 1;
    const why: Command = {
      title: whyText(ids, tried),
      command: 'countersign.openBehind',
      arguments: [document.uri.toString(), [...ids, ...tried]],
      tooltip: l10n.t('Open one of the records behind these lines'),
    };
    const measured = found
      ? evaluations.flatMap((id) => measuredCommands(id, found.session, evaluations.length === 1))
      : [];
    const doubts = doubted.map((doubt) => doubtCommand(document.uri.toString(), doubt));
    return [why, ...doubts, ...measured].map(
      (command) => new CodeLens(new Range(line, 0, line, 0), command),
    );
  });
}

/** That nothing proves an anchor, and the way to confirm it where there is something to confirm. */
function doubtCommand(uri: string, { id, anchor, confirm }: DoubtedAnchor): Command {
  const text = doubtText(anchor);
  return confirm
    ? {
        title: l10n.t('{0}: confirm these lines for {1}', text, id),
        command: 'countersign.confirmAnchor',
        arguments: [uri, id, anchor.index],
        tooltip: oneLineWithoutIcons(anchor.why),
      }
    : {
        title: `${text} · ${id}`,
        command: 'countersign.openBehind',
        arguments: [uri, [id]],
        tooltip: oneLineWithoutIcons(anchor.why),
      };
}

/** What an evaluation of these lines came to, as the gate says it of what is staged, and running it again. */
function measuredCommands(
  id: string,
  { state }: FolderSession,
  alone: boolean,
): readonly Command[] {
  if (state.kind !== 'ready' || state.repository === null) return [];
  const evidence = (lastAnswer(state.gate)?.result.rules ?? []).flatMap((rule) => rule.evidence);
  const said = evidence.find(
    ({ kind, ref, why }) => kind === 'result' && `${ref ?? ''} ${why ?? ''}`.includes(id),
  );
  const [report, ...others] = reportCommands(id, alone);
  // What can be done comes before the long sentence, whose end a narrow editor cuts.
  if (!report || !said) return [report, ...others].filter((command) => command !== undefined);
  const open =
    said.lacks === 'citation'
      ? l10n.t('{0}: every target is met, and nobody signed it yet', id)
      : oneLineWithoutIcons(said.why ?? id);
  const text = said.state === 'met' ? l10n.t('{0}: every target is met', id) : open;
  return [
    ...others,
    {
      ...report,
      title: text,
      tooltip: l10n.t('So the gate says of what is staged. Show the report.'),
    },
  ];
}

function hover(model: ModelWorkspace, document: TextDocument, line: number): Hover | undefined {
  if (!workspace.getConfiguration('countersign', document.uri).get('hovers.enabled', true))
    return undefined;
  const found = linesBehind(model, document);
  const blocks = found?.blocks.filter(({ lines }) => lines[0] <= line && line <= lines[1]) ?? [];
  if (!found || blocks.length === 0) return undefined;
  const ids = [...new Set(blocks.flatMap((block) => block.ids))].sort();
  const tried = [...new Set(blocks.flatMap((block) => block.tried))].sort();
  const doubted = blocks.flatMap((block) => block.doubted);
  return new Hover(whyCard(document, { ids, tried, doubted }, found));
}

/** The sentence, then the decisions, then what people said, each a way to its record. */
function whyCard(
  document: TextDocument,
  { ids, tried, doubted }: Pick<LinesBehind, 'ids' | 'tried' | 'doubted'>,
  { session, index }: { readonly session: FolderSession; readonly index: RecordIndex },
): MarkdownString {
  const all = [...ids, ...tried];
  const records = all.flatMap((id) => index.byId.get(id) ?? []);
  const card = emptyCard().appendMarkdown(
    `${commandLink(plain(whyText(ids, tried)), 'countersign.openBehind', [document.uri.toString(), all])}\n\n`,
  );
  for (const { id, anchor } of doubted)
    card.appendMarkdown(`${plain(`${id}: ${doubtText(anchor)} (${anchor.why})`)}\n\n`);
  for (const record of records.filter(({ kind }) => kind === 'decision'))
    appendRecord(card.appendMarkdown('---\n\n'), record, session).appendMarkdown('\n\n');
  const words = records.filter(({ kind }) => kind === 'feedback');
  if (words.length > 0)
    card.appendMarkdown(
      `---\n\n${words
        .slice(0, shown)
        .map(
          (record) =>
            `- ${openLink(plain(titleText((record.value as { readonly title?: unknown }).title)), record.path, session)} ${record.id}`,
        )
        .join('\n')}\n\n`,
    );
  if (words.length > shown)
    card.appendMarkdown(plain(l10n.t('and {0} more, in the Trail view', words.length - shown)));
  return card;
}
