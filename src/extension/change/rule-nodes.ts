import { type Command, l10n } from 'vscode';
import type { CheckedEvidence, CheckedRequirement, CheckedRule, CheckResult, UnansweredItem } from '../../core/gate/check-result.ts';
import { signersOf } from '../../core/render/signer-text.ts';
import { openCommand } from '../records/open-record.ts';
import { riskText } from '../records/record-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { sidesOf } from './compare.ts';
import { fileNode, pathText } from './file-node.ts';
import { stateColor, stateIcon, stateText } from './state-text.ts';

/** A rule as a row, and below it everything that it asks for; each open point carries what its action needs. */
export function ruleNode(rule: CheckedRule, result: CheckResult, session: FolderSession): TreeNode {
  const id = `${session.folder.uri}#rule:${rule.id}`;
  const files = rule.files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', rule.files.length);
  const details = [stateText(rule.state), files, rule.risk && riskText(rule.risk)].filter(Boolean).join(' · ');
  return {
    id: idOfState(id, rule.state !== 'met'),
    label: rule.id,
    description: details,
    tooltip: [rule.id, details, rule.digest].join('\n'),
    icon: stateIcon(rule.state),
    color: stateColor(rule.state),
    context: `rule.${rule.state}`,
    spoken: l10n.t('Rule {0}, {1}', rule.id, details),
    expanded: rule.state !== 'met',
    children: [
      ...rule.requirements.map((requirement, at) => requirementNode(`${id}/requirement:${requirement.role}:${at}`, requirement, session)),
      ...checklistNodes(id, rule, session),
      ...rule.evidence.map((evidence, at) => evidenceNode(`${id}/evidence:${evidence.kind}:${at}`, evidence, session)),
      {
        id: `${id}/files`,
        label: l10n.t('Files'),
        description: files,
        icon: 'files',
        children: rule.files.map((path) => fileNode(`${id}/files/${pathText(path)}`, path, session, sidesOf(result))),
      },
    ],
  };
}

/** The editor keeps a row closed that was closed before; one that has turned bad is another row, and opens. */
export function idOfState(id: string, bad: boolean): string {
  return bad ? `${id}!` : id;
}

function requirementNode(id: string, requirement: CheckedRequirement, { state: folder }: FolderSession): TreeNode {
  const { role, need, have, independent, by, state, could } = requirement;
  const mine = folder.kind === 'ready' && folder.person !== null && could.includes(folder.person);
  const count = l10n.t('{0} of {1}', have, need);
  const next = state === 'unmet' ? (could.length > 0 ? l10n.t('ask {0} to sign', could.join(', ')) : l10n.t('nobody is left who could sign')) : by.length > 0 ? l10n.t('signed by {0}', signersOf(requirement).join(', ')) : '';
  const details = [next, count, independent ? l10n.t('not an author') : '', stateText(state)].filter(Boolean).join(' · ');
  return { id, label: role, description: details, tooltip: `${role}\n${details}`, icon: stateIcon(state), color: stateColor(state), context: state === 'met' ? 'requirement.met' : mine ? 'requirement.mine' : 'requirement.others', spoken: l10n.t('Sign-off by {0}, {1}', role, details) };
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
      context: open.length === 0 ? 'checklist' : 'checklist.open',
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

function evidenceNode(id: string, evidence: CheckedEvidence, session: FolderSession): TreeNode {
  const { kind, state, ref, why, lacks } = evidence;
  const details = [why ?? ref, stateText(state)].filter(Boolean).join(' · ');
  const evaluation = evaluationOf(evidence, session);
  return {
    id,
    label: l10n.t('Evidence: {0}', kind),
    description: details,
    tooltip: [kind, details, ref].filter(Boolean).join('\n'),
    icon: stateIcon(state),
    color: stateColor(state),
    context: `evidence.${kind}.${state === 'unmet' ? (lacks ?? 'substance') : state}`,
    ...(evaluation ? { record: evaluation, command: { title: l10n.t('Show Report'), command: 'countersign.showReport', arguments: [evaluation.id] } } : ref ? { command: refCommand(ref, session) } : {}),
  };
}

/** The evaluation that a piece of evidence is about: named by the result's folder, or by the reason why there is none. */
function evaluationOf({ kind, ref, why }: CheckedEvidence, { state }: FolderSession): { readonly id: string; readonly path: string } | undefined {
  const id = kind === 'result' ? /\bEV-[0-9A-Z]{4,16}\b/.exec(`${ref ?? ''} ${why ?? ''}`)?.[0] : undefined;
  const record = id !== undefined && state.kind === 'ready' ? state.index.byId.get(id) : undefined;
  return record?.id ? { id: record.id, path: record.path } : undefined;
}

/** Opens what a piece of evidence names: a record by its id, a result by its path. */
function refCommand(ref: string, session: FolderSession): Command | undefined {
  const record = session.state.kind === 'ready' ? session.state.index.byId.get(ref) : undefined;
  const path = record?.path ?? (ref.startsWith('.countersign/') ? ref : undefined);
  return path === undefined ? undefined : openCommand(l10n.t('Open record'), session.uri(path), { keepFocus: true });
}
