import { l10n } from 'vscode';
import type {
  CheckedReject,
  CheckedRequirement,
  CheckedRule,
  CheckResult,
  UnansweredItem,
} from '../../core/gate/check-result.ts';
import { signersOf } from '../../core/render/signer-text.ts';
import { openCommand } from '../records/open-record.ts';
import { riskText } from '../records/record-text.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { personOf } from '../workspace/snapshot.ts';
import { sidesOf } from './compare.ts';
import { evidenceNode } from './evidence-node.ts';
import { fileNode, pathText } from './file-node.ts';
import { openAt } from './mending-place.ts';
import { contextOf, questionActions, requirementActions, strangerActions } from './open-actions.ts';
import { stateColor, stateIcon, stateText } from './state-text.ts';

const policyPath = '.countersign/policy.yaml';

/** A rule as a row, and below it everything that it asks for; each open point carries what its action needs. */
export function ruleNode(rule: CheckedRule, result: CheckResult, session: FolderSession): TreeNode {
  const id = `${session.folder.uri}#rule:${rule.id}`;
  const files = rule.files.length === 1 ? l10n.t('1 file') : l10n.t('{0} files', rule.files.length);
  const details = [stateText(rule.state), files, rule.risk && riskText(rule.risk)]
    .filter(Boolean)
    .join(' · ');
  return {
    id: idOfState(id, rule.state !== 'met'),
    label: rule.id,
    description: details,
    tooltip: [rule.id, details, rule.digest].join('\n'),
    icon: stateIcon(rule.state),
    color: stateColor(rule.state),
    context: contextOf('rule', rule.state === 'unmet' || rule.state === 'rejected' ? ['sign'] : []),
    spoken: l10n.t('Rule {0}, {1}', rule.id, details),
    expanded: rule.state !== 'met',
    children: [
      ...(rule.rejects ?? []).map((reject) =>
        rejectNode(`${id}/reject:${reject.file}`, reject, { rule, session }),
      ),
      ...(rule.strangers ?? []).map((email) =>
        strangerNode(`${id}/stranger:${email}`, email, { rule, session }),
      ),
      ...rule.requirements.map((requirement, at) =>
        requirementNode(`${id}/requirement:${requirement.role}:${at}`, requirement, session),
      ),
      ...checklistNodes(id, rule, session),
      ...rule.evidence.map((evidence, at) =>
        evidenceNode(`${id}/evidence:${evidence.kind}:${at}`, evidence, rule, { result, session }),
      ),
      {
        id: `${id}/files`,
        label: l10n.t('Files'),
        description: files,
        icon: 'files',
        children: rule.files.map((path) =>
          fileNode(`${id}/files/${pathText(path)}`, path, session, sidesOf(result)),
        ),
      },
    ],
  };
}

/** The editor keeps a row closed that was closed before; one that has turned bad is another row, and opens. */
export function idOfState(id: string, bad: boolean): string {
  return bad ? `${id}!` : id;
}

function requirementNode(
  id: string,
  requirement: CheckedRequirement,
  session: FolderSession,
): TreeNode {
  const { role, need, have, independent, by, state, could } = requirement;
  const count = l10n.t('{0} of {1}', have, need);
  const wanted =
    could.length > 0
      ? l10n.t('ask {0} to sign', could.join(', '))
      : l10n.t('nobody is left who could sign');
  const signed = by.length > 0 ? l10n.t('signed by {0}', signersOf(requirement).join(', ')) : '';
  const next = state === 'unmet' ? wanted : signed;
  const details = [next, count, independent ? l10n.t('not an author') : '', stateText(state)]
    .filter(Boolean)
    .join(' · ');
  const actions = requirementActions(requirement, personOf(session));
  return {
    id,
    label: role,
    description: details,
    tooltip: `${role}\n${details}`,
    icon: stateIcon(state),
    color: stateColor(state),
    context: contextOf('requirement', actions),
    spoken: l10n.t('Sign-off by {0}, {1}', role, details),
    ask: could,
    ...(actions.includes('mend')
      ? { command: openAt(session, l10n.t('Open policy'), policyPath, ['roles', role]) }
      : {}),
  };
}

/** A reject that stands, and why: whoever signed it replaces it, once it is settled. */
function rejectNode(
  id: string,
  { file, person, role, reason, moved }: CheckedReject,
  { rule, session }: { readonly rule: CheckedRule; readonly session: FolderSession },
): TreeNode {
  const details = [
    reason ?? l10n.t('without a word why'),
    role,
    moved.length > 0 ? l10n.t('the change moved since') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  const label = l10n.t('Rejected by {0}', person);
  const next = l10n.t('settle it with {0}, who signs {1} again', person, rule.id);
  return {
    id,
    label,
    description: details,
    tooltip: [label, details, `→ ${next}`].join('\n'),
    icon: stateIcon('rejected'),
    color: stateColor('rejected'),
    context: contextOf('reject', [person === personOf(session) ? 'sign' : 'ask']),
    ask: [person],
    command: openCommand(l10n.t('Open sign-off'), session.uri(file), { keepFocus: true }),
  };
}

/** An author whom the policy does not know: a signer vouches, or the policy learns to know them. */
function strangerNode(
  id: string,
  email: string,
  { rule, session }: { readonly rule: CheckedRule; readonly session: FolderSession },
): TreeNode {
  const details = l10n.t(
    'wrote part of it, and the policy knows nobody with this e-mail · {0}',
    stateText('unmet'),
  );
  const next = l10n.t(
    'a signer who knows them says so, or a policy change adds the e-mail to a person',
  );
  return {
    id,
    label: email,
    description: details,
    tooltip: [email, details, `→ ${next}`].join('\n'),
    icon: 'person',
    color: stateColor('unmet'),
    context: contextOf('stranger', strangerActions(rule, personOf(session))),
    spoken: l10n.t('Unknown author {0}, {1}', email, details),
    ask: rule.requirements
      .flatMap(({ could, by }) => [...could, ...by])
      .filter((person) => !rule.authors.includes(person)),
    command: openAt(session, l10n.t('Open policy'), policyPath, ['people']),
  };
}

function checklistNodes(
  id: string,
  rule: CheckedRule,
  session: FolderSession,
): readonly TreeNode[] {
  const { checklist } = rule;
  if (!checklist) return [];
  const open = checklist.unanswered;
  const left =
    open.length === 1 ? l10n.t('1 question open') : l10n.t('{0} questions open', open.length);
  const details = open.length === 0 ? l10n.t('answered') : left;
  const path = `.countersign/checklists/${checklist.name}.yaml`;
  return [
    {
      id: `${id}/checklist`,
      label: l10n.t('Checklist {0}', checklist.name),
      description: details,
      icon: open.length === 0 ? 'pass' : 'checklist',
      color: open.length === 0 ? stateColor('met') : stateColor('unmet'),
      context: contextOf(
        'checklist',
        open.some((item) => questionActions(item, rule, personOf(session)).includes('sign'))
          ? ['sign']
          : [],
      ),
      expanded: true,
      command: openCommand(l10n.t('Open checklist'), session.uri(path), { keepFocus: true }),
      children: open.map((item) =>
        questionNode(`${id}/checklist/${item.id}:${item.by}`, item, {
          rule,
          session,
          ask: askOf(session, path, item.id),
        }),
      ),
    },
  ];
}

function questionNode(
  id: string,
  item: UnansweredItem,
  {
    rule,
    session,
    ask,
  }: {
    readonly rule: CheckedRule;
    readonly session: FolderSession;
    readonly ask: string | undefined;
  },
): TreeNode {
  const details = [answerText(item.answer), l10n.t('to be answered by the {0}', item.by)].join(
    ' · ',
  );
  return {
    id,
    label: ask ?? item.id,
    description: details,
    tooltip: [ask, item.id, details].filter(Boolean).join('\n'),
    icon: 'question',
    context: contextOf('question', questionActions(item, rule, personOf(session))),
    ask: askedOf(item, rule),
  };
}

function askedOf({ by }: UnansweredItem, rule: CheckedRule): readonly string[] | undefined {
  if (by === 'author') return rule.authors;
  return by === 'signer' ? undefined : [by];
}

/** The question in words, where the checklist of the working tree has it: what is asked is the policy branch's, by its id. */
function askOf({ state }: FolderSession, path: string, item: string): string | undefined {
  const record = state.kind === 'ready' ? state.index.byPath.get(path) : undefined;
  return record?.kind === 'checklist'
    ? record.value.items.find(({ id }) => id === item)?.ask
    : undefined;
}

function answerText(answer: 'none' | 'no' | 'without-reason'): string {
  return {
    none: l10n.t('no answer'),
    no: l10n.t('answered no'),
    'without-reason': l10n.t('answered without a reason'),
  }[answer];
}
