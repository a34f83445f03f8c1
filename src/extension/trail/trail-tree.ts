import { l10n } from 'vscode';
import type { GraphNode } from '../../core/graph/graph.ts';
import type { LinkKind } from '../../core/graph/record-links.ts';
import type { TrailStep } from '../../core/graph/trail-tree.ts';
import { mayCover, withoutSignoffs } from '../../core/graph/covering-signoffs.ts';
import { linkIcon } from '../decisions/decision-tree.ts';
import { openCommand } from '../records/open-record.ts';
import { statusText } from '../records/record-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { lastAnswer } from '../workspace/snapshot.ts';
import type { Behind, BehindAnchor, RecordIndex } from '../workspace/record-index.ts';
import type { SignoffStanding } from '../../app/signoff-standing.ts';
import { standingWords } from './standing-words.ts';

/** Where a trail is shown; `standing` is what a sign-off is worth, undefined while nobody knows. */
export type Shown = {
  readonly session: FolderSession;
  readonly standing: (path: string) => SignoffStanding | undefined;
};

/**
 * The rows of the Trail view: behind code, the decisions and feedback that say why it is so; behind a record, what asked
 * for it and what was made of it.
 *
 * @param text the file as the editor shows it, so that anchors are followed while a person types
 */
export function trailTree(
  index: RecordIndex,
  path: string,
  text: string | null,
  shown: Shown,
): readonly TreeNode[] {
  const { session } = shown;
  const prefix = `${session.folder.uri}#${path}`;
  const record = index.byPath.get(path);
  if (record?.id)
    return (index.trail(record.id)?.steps ?? []).map((step) => stepNode(prefix, step, shown, 0));
  const rows = index
    .behind(path, text)
    .map((behind) => behindNode({ prefix, path }, behind, index, shown));
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

function behindNode(
  { prefix, path }: { readonly prefix: string; readonly path: string },
  behind: Behind,
  index: RecordIndex,
  shown: Shown,
): TreeNode {
  const { id } = behind;
  const trail = index.trail(id);
  // The file that is in front of the person is no news to them.
  const steps = trail?.steps.filter(({ node, link }) => !(link === 'code' && node.path === path));
  const ofThisFile = (signoff: string): boolean =>
    mayCover(shown.standing(signoff)?.covers ?? null, path);
  const row = trail
    ? stepNode(prefix, withoutSignoffs({ ...trail, steps: steps ?? [] }, ofThisFile), shown, 0)
    : missing(prefix, id);
  const description = [id, trail?.node.status && statusText(trail.node.status), placeText(behind)]
    .filter(Boolean)
    .join(' · ');
  return {
    ...row,
    id: rowId(prefix, behind),
    description,
    spoken: [row.label, description].join(', '),
    expanded: true,
  };
}

function rowId(prefix: string, { id, source, lines, anchor }: Behind): string {
  return `${prefix}#${id}:${source}:${lines?.join('-') ?? anchor?.state ?? ''}`;
}

/** The row of what stands behind one line: a decision before the feedback that asked for it; undefined where nothing does. */
export function rowOfLine(
  index: RecordIndex,
  { path, text, line }: { readonly path: string; readonly text: string; readonly line: number },
  session: FolderSession,
): string | undefined {
  const here = index
    .behind(path, text)
    .filter(({ lines }) => lines !== null && lines[0] <= line && line <= lines[1]);
  const found = here.find(({ id }) => id.startsWith('DR-')) ?? here[0];
  return found && rowId(`${session.folder.uri}#${path}`, found);
}

function missing(prefix: string, id: string): TreeNode {
  return { id: `${prefix}#${id}`, label: id, description: l10n.t('is not here'), icon: 'warning' };
}

/** One step and what hangs on it. Deeper steps are there to be opened, the first ones are open. */
function stepNode(
  prefix: string,
  { node, link, lines, anchor, steps }: TrailStep,
  shown: Shown,
  depth: number,
): TreeNode {
  const { session } = shown;
  const standing =
    node.kind === 'signoff' && node.path !== null ? shown.standing(node.path) : undefined;
  const words = standing && standingWords(standing);
  const id = `${prefix}/${link ?? ''}:${node.id}:${lines?.join('-') ?? ''}`;
  const isRecord = /^(?:FB|DR|SL|EV)-/.test(node.id);
  const place = lines || anchor ? anchoredText(lines, anchor) : '';
  // What a sign-off is worth comes first: a narrow view cuts the rest.
  const details = [
    words?.worth,
    link && linkText(link),
    isRecord ? node.id : '',
    node.status && statusText(node.status),
    place,
    node.kind === 'result' && isJudged(node, session) ? l10n.t('of the code as it is now') : '',
    node.exists ? '' : l10n.t('is not here'),
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    id,
    label: node.title || node.id,
    description: details,
    tooltip: [node.title, details, words?.details, node.path].filter(Boolean).join('\n'),
    icon: words?.icon ?? (node.exists ? nodeIcon(node) : 'warning'),
    color: words?.color,
    context: node.kind,
    ...(isRecord && node.path ? { record: { id: node.id, path: node.path } } : {}),
    ...(node.path && node.exists
      ? {
          command: openCommand(l10n.t('Open'), session.uri(node.path), {
            ...(lines ? { line: lines[0] } : {}),
            keepFocus: true,
          }),
        }
      : {}),
    children: steps.map((step) => stepNode(id, step, shown, depth + 1)),
    expanded: depth < 1 || node.kind === 'evaluation',
  };
}

/** Whether the gate judges the change by this very result: then it was measured on the code as it is. */
function isJudged({ path }: GraphNode, { state }: FolderSession): boolean {
  const answer = state.kind === 'ready' ? lastAnswer(state.gate) : null;
  return (
    answer?.result.rules.some(({ evidence }) =>
      evidence.some(
        ({ kind, ref, why }) =>
          kind === 'result' && ref === path && !/was measured on other code/.test(why ?? ''),
      ),
    ) ?? false
  );
}

function nodeIcon({ id, kind }: GraphNode): string {
  const icons: Readonly<Record<string, string>> = {
    file: 'file-code',
    glob: 'regex',
    person: 'person',
    artifact: 'package',
    result: 'graph-line',
    signoff: 'verified',
    review: 'comment-discussion',
  };
  return icons[kind] ?? linkIcon(id);
}

function linkText(kind: LinkKind): string {
  const words: Readonly<Partial<Record<LinkKind, string>>> = {
    feedback: l10n.t('feedback'),
    'duplicate-of': l10n.t('duplicate'),
    supersedes: l10n.t('supersedes'),
    evaluation: l10n.t('evaluation'),
    slice: l10n.t('slice'),
    'target-slice': l10n.t('slice of a target'),
    code: l10n.t('code'),
    governs: l10n.t('governs'),
    marker: l10n.t('marked in code'),
    review: l10n.t('review'),
    result: l10n.t('result'),
    signoff: l10n.t('sign-off'),
  };
  return words[kind] ?? kind;
}

function placeText({ lines, source, anchor }: Behind): string {
  if (source === 'governs') return l10n.t('governs this file');
  return anchoredText(lines, anchor);
}

/** Lines of a code anchor, and how sure they are. */
function anchoredText(
  lines: readonly [number, number] | null,
  anchor: Pick<BehindAnchor, 'state' | 'was'> | null,
): string {
  const was = anchor === null ? '' : rangeText(anchor.was.lines);
  if (!lines) return l10n.t('its lines were rewritten or are gone; was {0}', was);
  switch (anchor?.state) {
    case 'moved':
      return l10n.t('{0}, moved', rangeText(lines));
    case 'changed':
      return l10n.t('{0}, rewritten; was {1}', rangeText(lines), was);
    case 'unproven':
      return l10n.t('{0}, not proved', rangeText(lines));
    default:
      return rangeText(lines);
  }
}

function rangeText([first, last]: readonly [number, number]): string {
  return first === last ? l10n.t('line {0}', first) : l10n.t('lines {0}–{1}', first, last);
}
