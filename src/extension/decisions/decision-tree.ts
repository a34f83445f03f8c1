import { l10n } from 'vscode';
import { compareText } from '../../core/finding/finding.ts';
import type { Decision } from '../../core/records/decision.ts';
import { openCommand } from '../records/open-record.ts';
import { riskText, statusIcon, statusText, titleText } from '../records/record-text.ts';
import { groupBy } from '../tree/group-by.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Placed } from '../workspace/record-index.ts';

/** In the order of the work; what was rejected or rolled back stays in view. */
const statuses: readonly string[] = [
  'proposed',
  'in-review',
  'accepted',
  'shipped',
  'rolled-back',
  'rejected',
  'superseded',
];

/** The rows of the Decisions view: a status a row, its decisions below. */
export function decisionTree(
  decisions: readonly Placed<Decision>[],
  session: FolderSession,
): readonly TreeNode[] {
  const groups = groupBy(decisions, ({ value }) => value.status);
  const keys = [...groups.keys()].sort(
    (a, b) => statuses.indexOf(a) - statuses.indexOf(b) || compareText(a, b),
  );
  return keys.map((key) => groupNode(key, groups.get(key) ?? [], session));
}

function groupNode(
  status: string,
  decisions: readonly Placed<Decision>[],
  session: FolderSession,
): TreeNode {
  const label = statusText(status);
  return {
    id: `${session.folder.uri}#status:${status}`,
    label,
    description: String(decisions.length),
    icon: statusIcon(status),
    spoken:
      decisions.length === 1
        ? l10n.t('{0}, 1 decision', label)
        : l10n.t('{0}, {1} decisions', label, decisions.length),
    context: 'group',
    expanded: status !== 'superseded' && status !== 'rejected',
    children: decisions.map((decision) => decisionNode(decision, session)),
  };
}

function decisionNode({ id, path, value }: Placed<Decision>, session: FolderSession): TreeNode {
  const title = titleText(value.title);
  const details = [riskText(value.risk), `@${value.owner}`].join(' · ');
  return {
    id: `${session.folder.uri}#${id}`,
    label: title,
    description: `${id} · ${details}`,
    tooltip: [
      title,
      `${id} · ${statusText(value.status)} · ${details}`,
      value.context?.slice(0, 800),
    ]
      .filter(Boolean)
      .join('\n\n'),
    icon: statusIcon(value.status),
    spoken: l10n.t('{0}, decision {1}, {2}, {3}', title, id, statusText(value.status), details),
    context: 'decision',
    record: { id, path },
    command: openCommand(l10n.t('Open record'), session.uri(path), { keepFocus: true }),
    children: links(id, value, session),
  };
}

/** What a decision names, so that a person gets from it to the feedback that asked for it and to what measures it. */
function links(id: string, value: Decision, session: FolderSession): readonly TreeNode[] {
  const state = session.state;
  const index = state.kind === 'ready' ? state.index : undefined;
  const named = [
    ...(value.feedback ?? []),
    ...(value.evaluations ?? []),
    ...(value.supersedes ?? []),
    ...(value.trail?.slices ?? []),
  ];
  return [...new Set(named)].map((target) => {
    const found = index?.byId.get(target);
    const title = found
      ? titleText((found.value as { readonly title?: unknown }).title)
      : l10n.t('is not here');
    return {
      id: `${session.folder.uri}#${id}>${target}`,
      label: target,
      description: title,
      icon: found ? linkIcon(target) : 'warning',
      context: target.startsWith('EV-') ? 'evaluation' : 'link',
      ...(found
        ? {
            record: { id: target, path: found.path },
            command: openCommand(l10n.t('Open record'), session.uri(found.path), {
              keepFocus: true,
            }),
          }
        : {}),
    };
  });
}

/** Codicon of a record by the first part of its id. */
export function linkIcon(id: string): string {
  return { FB: 'comment', DR: 'law', SL: 'filter', EV: 'graph' }[id.slice(0, 2)] ?? 'link';
}
