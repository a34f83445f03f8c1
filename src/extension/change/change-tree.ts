import { l10n } from 'vscode';
import type { CheckResult } from '../../core/gate/check-result.ts';
import { firstReason } from '../../core/render/check-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { brokenPolicy, type GateAnswer } from '../workspace/snapshot.ts';
import { findingNode } from './finding-node.ts';
import { contextOf } from './open-actions.ts';
import { promiseGroups } from './promise-nodes.ts';
import { idOfState, ruleNode } from './rule-nodes.ts';
import { signoffGroup } from './signoff-nodes.ts';
import { stateColor, verdictColor, verdictIcon, verdictText } from './state-text.ts';

/**
 * The rows of the Change view: whether it may land and whether a commit gets through now, the rules with what is open in
 * each, sign-offs, and what else was found.
 */
export function changeTree(answer: GateAnswer, session: FolderSession): readonly TreeNode[] {
  const { result } = answer;
  return [
    verdictNode(result, session),
    ...commitNodes(answer, session),
    ...result.rules.map((rule) => ruleNode(rule, result, session)),
    ...signoffGroup(result, session),
    ...promiseGroups(result, session),
    ...findingGroup(result, session),
  ];
}

function verdictNode(result: CheckResult, session: FolderSession): TreeNode {
  const nothing = result.verdict === 'pass' && result.examined.entries === 0;
  const label = nothing ? l10n.t('Nothing is staged') : verdictText(result.verdict);
  const target = result.target?.replace(/^refs\/(?:heads|remotes)\//, '');
  const landing = target ? l10n.t('what is staged may land on {0}', target) : '';
  return {
    id: `${session.folder.uri}#verdict`,
    label,
    description: result.next ?? (nothing ? l10n.t('stage a change to see what it needs') : landing),
    tooltip: [
      label,
      result.next,
      target &&
        l10n.t(
          'Judged for {0}, by the policy of {1}',
          target,
          result.policy?.branch ?? l10n.t('no branch'),
        ),
      l10n.t(
        '{0} entries, {1} of them governed by no rule',
        result.examined.entries,
        result.ungoverned,
      ),
    ]
      .filter(Boolean)
      .join('\n'),
    // What the target's policy says of nothing is no good word for a policy here that cannot be read.
    ...(brokenHere(session)
      ? { icon: 'circle-outline' }
      : { icon: verdictIcon(result.verdict), color: verdictColor(result.verdict) }),
    context: contextOf('verdict', result.next === null ? [] : ['copy']),
    nextStep: result.next ?? undefined,
    spoken: [label, result.next].filter(Boolean).join(', '),
  };
}

function brokenHere({ state }: FolderSession): boolean {
  return state.kind === 'ready' && brokenPolicy(state) !== undefined;
}

/** Why a commit would be refused, and what to do, as the hook says it. */
export function refusalText({ commit }: GateAnswer): string {
  return [
    l10n.t('A commit would be refused: {0}', firstReason(commit)),
    commit.next && `→ ${commit.next}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * That a commit gets through though what lands does not yet, and that nobody looks where the hook is not there. Why a
 * commit would be refused stands above the rows, where it has room.
 */
function commitNodes(
  { result, commit, hook }: GateAnswer,
  session: FolderSession,
): readonly TreeNode[] {
  const id = `${session.folder.uri}#commit`;
  const label = l10n.t('A commit goes through');
  const why = l10n.t('what others have to sign is asked for when it lands');
  const row: TreeNode = {
    id,
    label,
    description: why,
    tooltip: `${label}\n${why}`,
    icon: 'git-commit',
    color: stateColor('met'),
    context: 'commit',
    spoken: `${label}, ${why}`,
  };
  const shown = commit.exit === 0 && result.exit !== 0 ? [row] : [];
  return hook === 'ours' ? shown : [...shown, hookNode(id, hook)];
}

function hookNode(id: string, hook: GateAnswer['hook']): TreeNode {
  const other =
    hook === 'other'
      ? l10n.t('the hook that is there does not ask Countersign')
      : l10n.t('git skips the hook: it is not executable');
  const why = hook === 'missing' ? l10n.t('a commit is not looked at') : other;
  const label = l10n.t('Git hooks are not installed');
  return {
    id: `${id}/hook`,
    label,
    description: why,
    tooltip: `${label}\n${why}`,
    icon: 'plug',
    color: stateColor('unmet'),
    context: 'hook.missing',
    command: { title: l10n.t('Install Git Hooks'), command: 'countersign.installHooks' },
  };
}

function findingGroup({ findings }: CheckResult, session: FolderSession): readonly TreeNode[] {
  if (findings.length === 0) return [];
  const id = `${session.folder.uri}#findings`;
  const rows = findings.map((finding, at) =>
    findingNode(
      `${id}/${finding.code}:${finding.path ?? ''}:${finding.line ?? at}:${finding.message}`,
      finding,
      session,
    ),
  );
  const bad = findings.some(({ severity }) => severity === 'error');
  return [
    {
      id: idOfState(id, bad),
      label: l10n.t('Findings'),
      description: String(findings.length),
      icon: 'list-unordered',
      context: 'group',
      expanded: bad,
      children: dedupe(rows),
    },
  ];
}

/** Two findings may say the same of the same place; a view cannot hold two rows of one id. */
function dedupe(rows: readonly TreeNode[]): readonly TreeNode[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
