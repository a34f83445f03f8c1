import { l10n, type QuickPickItem } from 'vscode';
import type { TriageStep } from '../../core/feedback/triage-step.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { KeyFlow } from '../flow/key-flow.ts';
import { componentsOf } from '../records/components.ts';
import { assignable } from '../records/people.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { Placed, RecordIndex } from '../workspace/record-index.ts';

/** Actions that change an item, each after its own question. */
export type Asked = 'accept' | 'component' | 'assignee' | 'priority' | 'duplicate' | 'decline';

/** Asks what an action needs to know; undefined where the person went back or left. @param own ids of the items */
export async function stepOf(
  flow: KeyFlow,
  action: Asked,
  index: RecordIndex,
  own: readonly string[],
): Promise<TriageStep | undefined> {
  if (action === 'accept') return { kind: 'accept' };
  if (action === 'component') return askComponent(flow, index);
  if (action === 'assignee') return askAssignee(flow, index);
  if (action === 'priority') return askPriority(flow);
  return action === 'duplicate' ? askDuplicate(flow, index, own) : askReason(flow);
}

/** A component: one that is known, or a new one as typed. */
async function askComponent(flow: KeyFlow, index: RecordIndex): Promise<TriageStep | undefined> {
  const chosen = await flow.pick<QuickPickItem>(
    componentsOf(index).map((label) => ({ label })),
    {
      title: l10n.t('Component'),
      placeholder: l10n.t('Choose a component, or type a new one'),
      back: true,
      typed: newName,
    },
  );
  return chosen && { kind: 'component', component: chosen.label };
}

/** Who takes the item: a person or role of the policy, or a name as typed. */
async function askAssignee(flow: KeyFlow, index: RecordIndex): Promise<TriageStep | undefined> {
  const items = assignable(index).map(
    ({ id, what, detail }): QuickPickItem => ({
      label: id,
      description: [what === 'role' ? l10n.t('role') : '', detail].filter(Boolean).join(' · '),
    }),
  );
  const chosen = await flow.pick(items, {
    title: l10n.t('Owner'),
    placeholder: l10n.t('Choose a person or role, or type an id'),
    back: true,
    typed: newName,
  });
  return chosen && { kind: 'assignee', assignee: chosen.label };
}

function newName(label: string): QuickPickItem {
  return { label, description: l10n.t('new'), alwaysShow: true };
}

/** Impact and effort, one key each. */
async function askPriority(flow: KeyFlow): Promise<TriageStep | undefined> {
  const impact = await askScore(flow, {
    title: l10n.t('Impact'),
    step: 1,
    placeholder: l10n.t('How much would it help the people concerned? 1 is little, 5 is much'),
  });
  if (typeof impact !== 'number') return undefined;
  const effort = await askScore(flow, {
    title: l10n.t('Effort'),
    step: 2,
    placeholder: l10n.t('How much work is it? 1 is little, 5 is much'),
  });
  return typeof effort === 'number' ? { kind: 'priority', impact, effort } : undefined;
}

function askScore(
  flow: KeyFlow,
  ask: { readonly title: string; readonly step: number; readonly placeholder: string },
): Promise<number | 'back' | undefined> {
  const words = [
    l10n.t('very little'),
    l10n.t('little'),
    l10n.t('some'),
    l10n.t('much'),
    l10n.t('very much'),
  ];
  return flow.keys(
    words.map((label, at) => ({ key: String(at + 1), label, value: at + 1 })),
    { ...ask, steps: 2, back: true },
  );
}

/** Which item says the same; an item is never its own duplicate. */
async function askDuplicate(
  flow: KeyFlow,
  index: RecordIndex,
  own: readonly string[],
): Promise<TriageStep | undefined> {
  const others = index.feedback.filter(({ id }) => !own.includes(id));
  const items = others.map(({ id, value }: Placed<Feedback>): QuickPickItem & { id: string } => ({
    id,
    label: oneLineWithoutIcons(titleText(value.title)),
    description: `${id} · ${statusText(value.status)}`,
  }));
  const chosen = await flow.pick(items, {
    title: l10n.t('Duplicate of'),
    placeholder: l10n.t('Words of the title, or the id'),
    back: true,
  });
  return chosen && { kind: 'duplicate', of: chosen.id };
}

/** Why it is declined; an empty answer is one, leaving the question is not. */
async function askReason(flow: KeyFlow): Promise<TriageStep | undefined> {
  const reason = await flow.text({
    title: l10n.t('Decline'),
    placeholder: l10n.t(
      'Why? It stands in the record for whoever asks again. Enter without words gives no reason.',
    ),
    back: true,
  });
  return reason === undefined ? undefined : { kind: 'decline', reason: reason.trim() };
}
