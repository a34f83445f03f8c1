import { l10n } from 'vscode';
import type {
  CheckedCondition,
  CheckedException,
  CheckResult,
} from '../../core/gate/check-result.ts';
import { openCommand } from '../records/open-record.ts';
import { policyOf } from '../records/people.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { personOf } from '../workspace/snapshot.ts';
import { type Action, contextOf } from './open-actions.ts';
import { stateColor } from './state-text.ts';

/** What was promised and is open: conditions of approvals, and the approvals that an exception owes. */
export function promiseGroups(result: CheckResult, session: FolderSession): readonly TreeNode[] {
  return [...conditionGroup(result, session), ...exceptionGroup(result, session)];
}

function conditionGroup({ conditions }: CheckResult, session: FolderSession): readonly TreeNode[] {
  const open = conditions.filter(({ state }) => state !== 'met');
  if (open.length === 0) return [];
  const id = `${session.folder.uri}#conditions`;
  return [
    {
      id,
      label: l10n.t('Conditions'),
      description: String(open.length),
      icon: 'calendar',
      context: 'group',
      expanded: true,
      children: open.map((condition, at) => conditionNode(`${id}/${at}`, condition, session)),
    },
  ];
}

function conditionNode(
  id: string,
  { text, owner, due, rule, by, role, state }: CheckedCondition,
  session: FolderSession,
): TreeNode {
  const overdue = state === 'overdue';
  const details = [
    overdue ? l10n.t('overdue') : l10n.t('open'),
    l10n.t('{0} by {1}', owner, due),
    rule,
  ].join(' · ');
  const actions: readonly Action[] = mayClose(by, role, session) ? ['close'] : ['ask'];
  const next = l10n.t('when it is done, {0} or another {1} closes it', by, role);
  return {
    id,
    label: text,
    description: details,
    tooltip: [text, details, `→ ${next}`].join('\n'),
    icon: overdue ? 'warning' : 'calendar',
    color: overdue ? stateColor('unmet') : undefined,
    context: contextOf('condition', actions),
    ask: [...new Set([owner, by])],
    promise: { rule, text },
  };
}

/** Its signer, and whoever has the role in which it was signed. */
function mayClose(by: string, role: string, session: FolderSession): boolean {
  const me = personOf(session);
  const policy = session.state.kind === 'ready' ? policyOf(session.state.index) : undefined;
  return me !== null && (me === by || policy?.roles[role]?.includes(me) === true);
}

function exceptionGroup(
  { exceptions, findings }: CheckResult,
  session: FolderSession,
): readonly TreeNode[] {
  if (exceptions.length === 0) return [];
  const id = `${session.folder.uri}#exceptions`;
  const rows = exceptions.map((exception) =>
    exceptionNode(`${id}/${exception.file}`, exception, {
      session,
      next: findings.find(({ path, fix }) => path === exception.file && fix !== undefined)?.fix,
    }),
  );
  return [
    {
      id,
      label: l10n.t('Exceptions'),
      description: String(exceptions.length),
      icon: 'shield',
      context: 'group',
      expanded: true,
      children: rows,
    },
  ];
}

function exceptionNode(
  id: string,
  { file, rule, person, reason, expires, follow_up_by, state, landing }: CheckedException,
  { session, next }: { readonly session: FolderSession; readonly next: string | undefined },
): TreeNode {
  const good = state === 'valid';
  const until =
    state === 'overdue' || state === 'follow-up-open'
      ? l10n.t('approvals by {0}', follow_up_by)
      : l10n.t('until {0}', expires);
  const details = [exceptionStateText(state), until, person, reason].filter(Boolean).join(' · ');
  const actions: readonly Action[] = [
    ...(landing === undefined ? [] : (['follow'] as const)),
    ...(next === undefined ? [] : (['copy'] as const)),
  ];
  return {
    id,
    label: rule || file,
    description: details,
    tooltip: [rule, details, next && `→ ${next}`].filter(Boolean).join('\n'),
    icon: good || state === 'follow-up-open' ? 'shield' : 'warning',
    color: good ? undefined : stateColor('unmet'),
    context: contextOf('exception', actions),
    spoken: l10n.t('Exception from {0}, {1}', rule, details),
    nextStep: next,
    command: openCommand(l10n.t('Open exception'), session.uri(file), { keepFocus: true }),
    ...(landing === undefined ? {} : { range: { from: landing.before, to: landing.after } }),
  };
}

function exceptionStateText(state: string): string {
  const words: Readonly<Record<string, string>> = {
    valid: l10n.t('valid'),
    stale: l10n.t('stale'),
    expired: l10n.t('expired'),
    forged: l10n.t('forged'),
    'not-allowed': l10n.t('not allowed to sign this'),
    overdue: l10n.t('the promised approvals are overdue'),
    'follow-up-open': l10n.t('approvals still to follow'),
  };
  return words[state] ?? state;
}
