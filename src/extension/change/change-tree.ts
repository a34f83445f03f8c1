import { type Command, l10n } from 'vscode';
import type { CheckedEvidence, CheckedRequirement, CheckedRule, CheckedSignoff, CheckResult, UnansweredItem } from '../../core/gate/check-result.ts';
import { openCommand } from '../records/open-record.ts';
import { riskText } from '../records/record-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { fileNode, pathText } from './file-node.ts';
import { findingNode } from './finding-node.ts';
import { stateColor, stateIcon, stateText, verdictColor, verdictIcon, verdictText } from './state-text.ts';

/** The rows of the Change view: the verdict, the rules with what is open in each, sign-offs, and what else was found. */
export function changeTree(result: CheckResult, session: FolderSession): readonly TreeNode[] {
  return [verdictNode(result, session), ...result.rules.map((rule) => ruleNode(rule, session)), ...signoffGroup(result, session), ...conditionGroup(result, session), ...findingGroup(result, session)];
}

function verdictNode(result: CheckResult, session: FolderSession): TreeNode {
  const label = verdictText(result.verdict);
  const target = result.target?.replace(/^refs\/(?:heads|remotes)\//, '');
  return {
    id: `${session.folder.uri}#verdict`,
    label,
    description: result.next ?? (target ? l10n.t('what is staged may land on {0}', target) : ''),
    tooltip: [label, result.next, target && l10n.t('Judged for {0}, by the policy of {1}', target, result.policy?.branch ?? l10n.t('no branch')), l10n.t('{0} entries, {1} of them governed by no rule', result.examined.entries, result.ungoverned)].filter(Boolean).join('\n'),
    icon: verdictIcon(result.verdict),
    color: verdictColor(result.verdict),
    context: 'verdict',
    spoken: [label, result.next].filter(Boolean).join(', '),
  };
}

function ruleNode(rule: CheckedRule, session: FolderSession): TreeNode {
  const id = `${session.folder.uri}#rule:${rule.id}`;
  const files = rule.files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', rule.files.length);
  const details = [stateText(rule.state), files, rule.risk && riskText(rule.risk)].filter(Boolean).join(' · ');
  return {
    id,
    label: rule.id,
    description: details,
    tooltip: [rule.id, details, rule.digest].join('\n'),
    icon: stateIcon(rule.state),
    color: stateColor(rule.state),
    context: `rule.${rule.state}`,
    spoken: l10n.t('Rule {0}, {1}', rule.id, details),
    expanded: rule.state !== 'met',
    children: [
      ...rule.requirements.map((requirement, at) => requirementNode(`${id}/requirement:${requirement.role}:${at}`, requirement)),
      ...checklistNodes(id, rule, session),
      ...rule.evidence.map((evidence, at) => evidenceNode(`${id}/evidence:${evidence.kind}:${at}`, evidence, session)),
      {
        id: `${id}/files`,
        label: l10n.t('Files'),
        description: files,
        icon: 'files',
        children: rule.files.map((path) => fileNode(`${id}/files/${pathText(path)}`, path, session)),
      },
    ],
  };
}

function requirementNode(id: string, { role, need, have, independent, by, state, could }: CheckedRequirement): TreeNode {
  const count = l10n.t('{0} of {1}', have, need);
  const next = state === 'unmet' ? (could.length > 0 ? l10n.t('ask {0} to sign', could.join(', ')) : l10n.t('nobody is left who could sign')) : by.length > 0 ? l10n.t('signed by {0}', by.join(', ')) : '';
  const details = [count, independent ? l10n.t('not an author') : '', stateText(state), next].filter(Boolean).join(' · ');
  return { id, label: role, description: details, tooltip: `${role}\n${details}`, icon: stateIcon(state), color: stateColor(state), context: `requirement.${state}`, spoken: l10n.t('Sign-off by {0}, {1}', role, details) };
}

function checklistNodes(id: string, { checklist }: CheckedRule, session: FolderSession): readonly TreeNode[] {
  if (!checklist) return [];
  const open = checklist.unanswered;
  const details = open.length === 0 ? l10n.t('answered') : open.length === 1 ? l10n.t('1 question open') : l10n.t('{0} questions open', open.length);
  const path = `.countersign/checklists/${checklist.name}.yaml`;
  return [
    {
      id: `${id}/checklist`,
      label: l10n.t('Checklist {0}', checklist.name),
      description: details,
      icon: open.length === 0 ? 'pass' : 'checklist',
      color: open.length === 0 ? stateColor('met') : stateColor('unmet'),
      context: 'checklist',
      expanded: true,
      command: openCommand(l10n.t('Open checklist'), session.uri(path), { keepFocus: true }),
      children: open.map((item) => questionNode(`${id}/checklist/${item.id}:${item.by}`, item, askOf(session, path, item.id))),
    },
  ];
}

function questionNode(id: string, item: UnansweredItem, ask: string | undefined): TreeNode {
  const details = [answerText(item.answer), l10n.t('to be answered by the {0}', item.by)].join(' · ');
  return { id, label: ask ?? item.id, description: details, tooltip: [ask, item.id, details].filter(Boolean).join('\n'), icon: 'question', context: 'question' };
}

/** The question in words, where the checklist of the working tree has it: what is asked is the policy branch's, by its id. */
function askOf({ state }: FolderSession, path: string, item: string): string | undefined {
  const record = state.kind === 'ready' ? state.index.byPath.get(path) : undefined;
  return record?.kind === 'checklist' ? record.value.items.find(({ id }) => id === item)?.ask : undefined;
}

function answerText(answer: 'none' | 'no' | 'without-reason'): string {
  return { none: l10n.t('no answer'), no: l10n.t('answered no'), 'without-reason': l10n.t('answered without a reason') }[answer];
}

function evidenceNode(id: string, { kind, state, ref, why }: CheckedEvidence, session: FolderSession): TreeNode {
  const details = [stateText(state), ref, why].filter(Boolean).join(' · ');
  return {
    id,
    label: l10n.t('Evidence: {0}', kind),
    description: details,
    tooltip: `${kind}\n${details}`,
    icon: stateIcon(state),
    color: stateColor(state),
    context: `evidence.${state}`,
    ...(ref ? { command: refCommand(ref, session) } : {}),
  };
}

/** Opens what a piece of evidence names: a record by its id, a result by its path. */
function refCommand(ref: string, session: FolderSession): Command | undefined {
  const record = session.state.kind === 'ready' ? session.state.index.byId.get(ref) : undefined;
  const path = record?.path ?? (ref.startsWith('.countersign/') ? ref : undefined);
  return path === undefined ? undefined : openCommand(l10n.t('Open record'), session.uri(path), { keepFocus: true });
}

function signoffGroup({ signoffs }: CheckResult, session: FolderSession): readonly TreeNode[] {
  if (signoffs.length === 0) return [];
  const id = `${session.folder.uri}#signoffs`;
  return [{ id, label: l10n.t('Sign-offs'), description: String(signoffs.length), icon: 'verified', context: 'group', expanded: signoffs.some(({ state }) => state !== 'valid'), children: signoffs.map((signoff) => signoffNode(id, signoff, session)) }];
}

function signoffNode(parent: string, signoff: CheckedSignoff, session: FolderSession): TreeNode {
  const { file, person, role, rule, decision, state, moved } = signoff;
  const details = [role, rule, decision, signoffStateText(state)].filter(Boolean).join(' · ');
  return {
    id: `${parent}/${file}`,
    label: person ?? file,
    description: details,
    tooltip: [person ?? file, details, ...moved.map((path) => l10n.t('moved since: {0}', pathText(path)))].join('\n'),
    icon: state === 'valid' ? 'verified-filled' : 'warning',
    color: state === 'valid' ? stateColor('met') : stateColor('unmet'),
    context: `signoff.${state}`,
    command: openCommand(l10n.t('Open sign-off'), session.uri(file), { keepFocus: true }),
    children: moved.map((path) => fileNode(`${parent}/${file}/${pathText(path)}`, path, session)),
  };
}

function signoffStateText(state: string): string {
  const words: Readonly<Record<string, string>> = {
    valid: l10n.t('valid'),
    stale: l10n.t('stale: files moved since'),
    expired: l10n.t('expired'),
    revoked: l10n.t('key revoked'),
    forged: l10n.t('forged'),
    'unknown-signer': l10n.t('unknown key'),
    'not-allowed': l10n.t('not allowed to sign this'),
  };
  return words[state] ?? state;
}

function conditionGroup({ conditions }: CheckResult, session: FolderSession): readonly TreeNode[] {
  const open = conditions.filter(({ state }) => state !== 'met');
  if (open.length === 0) return [];
  const id = `${session.folder.uri}#conditions`;
  const rows = open.map(({ text, owner, due, rule, state }, at) => ({ id: `${id}/${at}`, label: text, description: [rule, l10n.t('{0} by {1}', owner, due), state].join(' · '), icon: state === 'overdue' ? 'warning' : 'calendar', context: 'condition' }));
  return [{ id, label: l10n.t('Conditions'), description: String(open.length), icon: 'calendar', context: 'group', expanded: true, children: rows }];
}

function findingGroup({ findings }: CheckResult, session: FolderSession): readonly TreeNode[] {
  if (findings.length === 0) return [];
  const id = `${session.folder.uri}#findings`;
  const rows = findings.map((finding, at) => findingNode(`${id}/${finding.code}:${finding.path ?? ''}:${finding.line ?? at}:${finding.message}`, finding, session));
  return [{ id, label: l10n.t('Findings'), description: String(findings.length), icon: 'list-unordered', context: 'group', expanded: findings.some(({ severity }) => severity === 'error'), children: dedupe(rows) }];
}

/** Two findings may say the same of the same place; a view cannot hold two rows of one id. */
function dedupe(rows: readonly TreeNode[]): readonly TreeNode[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

