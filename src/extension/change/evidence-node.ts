import { type Command, l10n } from 'vscode';
import type { CheckedEvidence, CheckedRule, CheckResult } from '../../core/gate/check-result.ts';
import { openCommand } from '../records/open-record.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import { personOf } from '../workspace/snapshot.ts';
import { openAt } from './mending-place.ts';
import { nextStepOf } from './next-step.ts';
import { contextOf, evidenceActions, type EvidenceSubject, namedIn } from './open-actions.ts';
import { stateColor, stateIcon, stateText } from './state-text.ts';

/** The key of a decision that says what a kind of evidence asks for. */
const keyOfKind: Readonly<Record<string, string>> = {
  decision: 'status',
  result: 'evaluations',
  feedback: 'feedback',
  rollback: 'rollback',
  rollout: 'rollout',
  escalation: 'escalation',
  review: 'id',
};

/** A piece of evidence as a row: what is missing, and what mends it. */
export function evidenceNode(
  id: string,
  evidence: CheckedEvidence,
  rule: CheckedRule,
  { result, session }: { readonly result: CheckResult; readonly session: FolderSession },
): TreeNode {
  const { kind, state, ref, why } = evidence;
  const details = [why ?? ref, stateText(state)].filter(Boolean).join(' · ');
  const subject = subjectOf(evidence, rule, session);
  const evaluation =
    subject.evaluation === null ? undefined : recordOf(subject.evaluation, session);
  const decision = subject.decision === null ? undefined : recordOf(subject.decision, session);
  const next = why === undefined ? undefined : nextStepOf(result, `${rule.id}: ${why}`);
  return {
    id,
    label: l10n.t('Evidence: {0}', kind),
    description: details,
    tooltip: [kind, details, ref, next && `→ ${next}`].filter(Boolean).join('\n'),
    icon: stateIcon(state),
    color: stateColor(state),
    context: contextOf(`evidence.${kind}`, [
      ...evidenceActions(evidence, subject, rule, personOf(session)),
      ...(next === undefined ? [] : (['copy'] as const)),
    ]),
    nextStep: next,
    ask: evidence.lacks === 'citation' ? signersOf(why) : undefined,
    record: evaluation ?? decision,
    command: evaluation
      ? {
          title: l10n.t('Show Report'),
          command: 'countersign.showReport',
          arguments: [evaluation.id],
        }
      : commandOf(evidence, subject, session),
  };
}

/**
 * The evaluation that a result is of, named by its folder or by the reason why there is none; and the decision that asks
 * for it, named by the evidence, else by that of the rule's decisions.
 */
function subjectOf(
  { kind, ref, why }: CheckedEvidence,
  rule: CheckedRule,
  session: FolderSession,
): EvidenceSubject {
  const named = namedIn(`${ref ?? ''} ${why ?? ''}`);
  const others =
    kind === 'result'
      ? namedIn(rule.evidence.find((other) => other.kind === 'decision')?.ref ?? '').decision
      : null;
  const known = (id: string | null): string | null =>
    id !== null && recordOf(id, session) ? id : null;
  return {
    evaluation: kind === 'result' ? known(named.evaluation) : null,
    decision: known(named.decision) ?? known(others),
  };
}

function recordOf(
  id: string,
  { state }: FolderSession,
): { readonly id: string; readonly path: string } | undefined {
  const record = state.kind === 'ready' ? state.index.byId.get(id) : undefined;
  return record?.id ? { id: record.id, path: record.path } : undefined;
}

/** Opens what is to be mended, at the key that says it; else what the evidence names, a result by its path. */
function commandOf(
  { kind, ref }: CheckedEvidence,
  { decision }: EvidenceSubject,
  session: FolderSession,
): Command | undefined {
  if (decision !== null)
    return openAt(session, l10n.t('Open record'), decision, [keyOfKind[kind] ?? 'id']);
  return ref?.startsWith('.countersign/')
    ? openCommand(l10n.t('Open record'), session.uri(ref), { keepFocus: true })
    : undefined;
}

/** Those whose approval lists something older: they are the ones to be asked. */
function signersOf(why = ''): readonly string[] | undefined {
  return /^the approval of (.+?) does not list /.exec(why)?.[1]?.split(' and ');
}
