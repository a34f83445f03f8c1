import { l10n } from 'vscode';
import { priorityScore } from '../../core/feedback/priority-score.ts';
import { compareText } from '../../core/finding/finding.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import { openCommand } from '../records/open-record.ts';
import { statusIcon, statusText, titleText } from '../records/record-text.ts';
import { groupBy } from '../tree/group-by.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Placed } from '../workspace/record-index.ts';

export const groupings = ['status', 'component', 'channel', 'assignee'] as const;
export type Grouping = (typeof groupings)[number];

export const sortings = ['received', 'priority', 'title', 'id'] as const;
export type Sorting = (typeof sortings)[number];

/** How the view is arranged, kept for the workspace. */
export type Arrangement = {
  readonly group: Grouping;
  readonly sort: Sorting;
  readonly filter: string;
};

const statuses: readonly string[] = [
  'new',
  'triaged',
  'accepted',
  'in-progress',
  'validated',
  'shipped',
  'declined',
  'duplicate',
];

/** The rows of the Feedback view: a group a row, its items below. */
export function feedbackTree(
  items: readonly Placed<Feedback>[],
  arrangement: Arrangement,
  session: FolderSession,
): readonly TreeNode[] {
  const shown = items
    .filter((item) => matches(item, arrangement.filter))
    .sort(order(arrangement.sort));
  const groups = groupBy(shown, (item) => groupOf(item.value, arrangement.group));
  const keys = [...groups.keys()].sort(
    (a, b) =>
      groupRank(a, arrangement.group) - groupRank(b, arrangement.group) || compareText(a, b),
  );
  return keys.map((key) => groupNode(key, groups.get(key) ?? [], arrangement.group, session));
}

/** What waits for triage, in the order of the view. */
export function waitingInOrder(
  items: readonly Placed<Feedback>[],
  sorting: Sorting,
): readonly string[] {
  return items
    .filter(({ value }) => value.status === 'new')
    .sort(order(sorting))
    .map(({ id }) => id);
}

/** Whether every word of the filter stands somewhere in what the item says of itself. */
function matches({ id, value }: Placed<Feedback>, filter: string): boolean {
  const { component, category } = value.classification ?? {};
  const text = [
    id,
    titleText(value.title),
    typeof value.body === 'string' ? value.body : '',
    value.channel,
    value.status,
    component,
    category,
    value.assignee,
  ]
    .join('\n')
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function groupOf(value: Feedback, grouping: Grouping): string {
  if (grouping === 'component') return value.classification?.component ?? '';
  if (grouping === 'assignee') return value.assignee ?? '';
  return grouping === 'status' ? value.status : value.channel;
}

/** Statuses in the order of the work, everything else by name with the unnamed group first: it waits for a person. */
function groupRank(key: string, grouping: Grouping): number {
  if (grouping === 'status') return statuses.indexOf(key);
  return key === '' ? 0 : 1;
}

function order(sorting: Sorting): (a: Placed<Feedback>, b: Placed<Feedback>) => number {
  const byId = (a: Placed<Feedback>, b: Placed<Feedback>): number => compareText(a.id, b.id);
  if (sorting === 'received') return (a, b) => received(b.value) - received(a.value) || byId(a, b);
  if (sorting === 'priority') return (a, b) => worth(b.value) - worth(a.value) || byId(a, b);
  if (sorting === 'title')
    return (a, b) =>
      compareText(titleText(a.value.title).toLowerCase(), titleText(b.value.title).toLowerCase()) ||
      byId(a, b);
  return byId;
}

/** Milliseconds; what has no time comes last. */
function received({ received_at }: Feedback): number {
  return received_at === undefined ? 0 : Date.parse(received_at);
}

/** Impact for each unit of effort; what nobody has judged comes last. */
function worth({ priority }: Feedback): number {
  return priorityScore(priority) ?? 0;
}

function groupNode(
  key: string,
  items: readonly Placed<Feedback>[],
  grouping: Grouping,
  session: FolderSession,
): TreeNode {
  const label = groupLabel(key, grouping);
  return {
    id: `${session.folder.uri}#${grouping}:${key}`,
    label,
    description: String(items.length),
    icon: grouping === 'status' ? statusIcon(key) : 'folder',
    spoken:
      items.length === 1
        ? l10n.t('{0}, 1 item', label)
        : l10n.t('{0}, {1} items', label, items.length),
    context: 'group',
    expanded: grouping !== 'status' || key === 'new' || key === 'triaged' || key === 'in-progress',
    children: items.map((item) => feedbackNode(item, session, key === 'new')),
  };
}

function groupLabel(key: string, grouping: Grouping): string {
  if (key !== '') return grouping === 'status' ? statusText(key) : key;
  return grouping === 'assignee' ? l10n.t('Nobody yet') : l10n.t('No component yet');
}

/** One item as a row. */
export function feedbackNode(
  { id, path, value }: Placed<Feedback>,
  session: FolderSession,
  waiting: boolean,
): TreeNode {
  const title = titleText(value.title);
  const component = value.classification?.component;
  const details = [component, value.assignee && `@${value.assignee}`, value.channel]
    .filter(Boolean)
    .join(' · ');
  return {
    id: `${session.folder.uri}#${id}`,
    label: title,
    description: `${id} · ${details}`,
    tooltip: [
      title,
      `${id} · ${statusText(value.status)} · ${details}`,
      typeof value.body === 'string' ? value.body.slice(0, 800) : undefined,
    ]
      .filter(Boolean)
      .join('\n\n'),
    icon: statusIcon(value.status),
    spoken: l10n.t('{0}, feedback {1}, {2}, {3}', title, id, statusText(value.status), details),
    context: waiting ? 'feedback.new' : 'feedback',
    record: { id, path },
    command: openCommand(l10n.t('Open record'), session.uri(path), { keepFocus: true }),
  };
}
