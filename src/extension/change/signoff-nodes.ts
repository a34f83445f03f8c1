import { l10n } from 'vscode';
import type { CheckedSignoff, CheckResult } from '../../core/gate/check-result.ts';
import { openCommand } from '../records/open-record.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { personOf } from '../workspace/snapshot.ts';
import { sidesOf } from './compare.ts';
import { fileNode, pathText } from './file-node.ts';
import { contextOf, signoffActions } from './open-actions.ts';
import { idOfState } from './rule-nodes.ts';
import { signoffColor, signoffIcon, signoffStateText } from './signoff-state-text.ts';

/** The sign-offs of the change, each with what it is worth, and what its signer can do about it. */
export function signoffGroup(result: CheckResult, session: FolderSession): readonly TreeNode[] {
  const { signoffs } = result;
  if (signoffs.length === 0) return [];
  const id = `${session.folder.uri}#signoffs`;
  const bad = signoffs.some(
    (signoff) =>
      !isSettled(signoff) && (signoff.state !== 'valid' || signoff.decision === 'reject'),
  );
  return [
    {
      id: idOfState(id, bad),
      label: l10n.t('Sign-offs'),
      description: String(signoffs.length),
      icon: 'verified',
      context: 'group',
      expanded: bad,
      children: signoffs.map((signoff) => signoffNode(id, signoff, result, session)),
    },
  ];
}

/** Another took its place, or it did its work elsewhere: nothing is to be done about it. */
function isSettled({ replaced_by, follows_up }: CheckedSignoff): boolean {
  return replaced_by !== undefined || follows_up === true;
}

function signoffNode(
  parent: string,
  signoff: CheckedSignoff,
  result: CheckResult,
  session: FolderSession,
): TreeNode {
  const { file, person, role, rule, decision, state, moved } = signoff;
  // What is wrong comes first: a narrow view cuts the rest.
  const about = [role, rule, decision].filter(Boolean);
  const worth = signoffStateText(signoff, moved.map(pathText));
  const details = (
    state === 'valid' && !isSettled(signoff) ? [...about, worth] : [worth, ...about]
  ).join(' · ');
  const next = result.findings.find(
    ({ path, severity, fix }) => path === file && severity !== 'info' && fix !== undefined,
  )?.fix;
  return {
    id: `${parent}/${file}`,
    label: person ?? file,
    description: details,
    tooltip: [
      person ?? file,
      details,
      ...moved.map((path) => l10n.t('moved since: {0}', pathText(path))),
      next && `→ ${next}`,
    ]
      .filter(Boolean)
      .join('\n'),
    icon: signoffIcon(signoff),
    color: signoffColor(signoff),
    context: contextOf(
      'signoff',
      (isSettled(signoff) ? [] : signoffActions(signoff, personOf(session))).filter(
        (action) => action !== 'copy' || next !== undefined,
      ),
    ),
    nextStep: next,
    ask: person === null ? undefined : [person],
    command: openCommand(l10n.t('Open sign-off'), session.uri(file), { keepFocus: true }),
    children: moved.map((path) =>
      fileNode(`${parent}/${file}/${pathText(path)}`, path, session, sidesOf(result)),
    ),
  };
}
