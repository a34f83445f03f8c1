import { l10n } from 'vscode';
import type { Finding } from '../../core/finding/finding.ts';
import { openCommand } from '../records/open-record.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { contextOf, findingActions, namedIn } from './open-actions.ts';

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;
const colors = {
  error: 'problemsErrorIcon.foreground',
  warning: 'problemsWarningIcon.foreground',
  info: 'problemsInfoIcon.foreground',
} as const;

/** A finding as a row: what is wrong, and the next step as its own words. */
export function findingNode(
  id: string,
  { code, severity, message, path, line, column, end_line, end_column, fix }: Finding,
  session: FolderSession,
): TreeNode {
  const measured = measuredBy(fix, session);
  const where = line === undefined ? path : `${path}:${line}`;
  const place = path === undefined ? '' : where;
  return {
    id,
    label: message,
    description: [fix && `→ ${fix}`, place].filter(Boolean).join(' · '),
    tooltip: [message, fix, place, code].filter(Boolean).join('\n'),
    icon: icons[severity],
    color: colors[severity],
    context: contextOf('finding', findingActions(fix)),
    ...(measured ? { record: measured } : {}),
    nextStep: fix,
    spoken: [severityText(severity), message, fix && l10n.t('next step: {0}', fix), place]
      .filter(Boolean)
      .join(', '),
    ...(path === undefined
      ? {}
      : {
          command: openCommand(l10n.t('Open the place'), session.uri(path), {
            line,
            column,
            endLine: end_line,
            endColumn: end_column,
            keepFocus: true,
          }),
        }),
  };
}

/** The evaluation that the next step runs. */
function measuredBy(
  fix: string | undefined,
  { state }: FolderSession,
): { readonly id: string; readonly path: string } | undefined {
  const { evaluation } = namedIn(fix ?? '');
  const record =
    evaluation !== null && state.kind === 'ready' ? state.index.byId.get(evaluation) : undefined;
  return record?.id ? { id: record.id, path: record.path } : undefined;
}

function severityText(severity: Finding['severity']): string {
  return { error: l10n.t('Error'), warning: l10n.t('Warning'), info: l10n.t('Information') }[
    severity
  ];
}
