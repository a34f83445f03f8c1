import { l10n, type QuickPickItem, window } from 'vscode';
import type { Feedback } from '../../core/records/feedback.ts';
import { componentsOf } from '../records/components.ts';
import { assignable } from '../records/people.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { Placed, RecordIndex } from '../workspace/record-index.ts';
import { oneKeyPick } from './one-key-pick.ts';
import type { TriageStep } from '../../core/feedback/triage-step.ts';

/** Asks for a component: one that is known, or a new one as typed. */
export async function askComponent(index: RecordIndex): Promise<TriageStep | undefined> {
  const component = await pickOrType(
    componentsOf(index).map((label) => ({ label })),
    l10n.t('Component'),
    l10n.t('Choose a component, or type a new one'),
  );
  return component === undefined ? undefined : { kind: 'component', component };
}

/** Asks who takes the item: a person or role of the policy, or a name as typed. */
export async function askAssignee(index: RecordIndex): Promise<TriageStep | undefined> {
  const items = assignable(index).map(({ id, what, detail }) => ({
    label: id,
    description: [what === 'role' ? l10n.t('role') : '', detail].filter(Boolean).join(' · '),
  }));
  const assignee = await pickOrType(
    items,
    l10n.t('Owner'),
    l10n.t('Choose a person or role, or type an id'),
  );
  return assignee === undefined ? undefined : { kind: 'assignee', assignee };
}

/** Asks for impact and effort, one key each. */
export async function askPriority(): Promise<TriageStep | undefined> {
  const impact = await askScore(
    l10n.t('Impact'),
    1,
    l10n.t('How much would it help the people concerned? 1 is little, 5 is much'),
  );
  if (typeof impact !== 'number') return undefined;
  const effort = await askScore(
    l10n.t('Effort'),
    2,
    l10n.t('How much work is it? 1 is little, 5 is much'),
  );
  return typeof effort === 'number' ? { kind: 'priority', impact, effort } : undefined;
}

function askScore(
  title: string,
  step: number,
  placeholder: string,
): Promise<number | 'back' | undefined> {
  const words = [
    l10n.t('very little'),
    l10n.t('little'),
    l10n.t('some'),
    l10n.t('much'),
    l10n.t('very much'),
  ];
  return oneKeyPick(
    words.map((label, at) => ({ key: String(at + 1), label, value: at + 1 })),
    { title, placeholder, step, steps: 2 },
  );
}

/** Asks which item says the same; an item is never its own duplicate. */
export async function askDuplicate(
  index: RecordIndex,
  own: readonly string[],
): Promise<TriageStep | undefined> {
  const others = index.feedback.filter(({ id }) => !own.includes(id));
  const items = others.map(({ id, value }: Placed<Feedback>): QuickPickItem & { id: string } => ({
    id,
    label: oneLineWithoutIcons(titleText(value.title)),
    description: `${id} · ${statusText(value.status)}`,
  }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Duplicate of'),
    placeHolder: l10n.t('Words of the title, or the id'),
    matchOnDescription: true,
  });
  return chosen && { kind: 'duplicate', of: chosen.id };
}

/** Asks why it is declined; an empty answer is one, leaving the question is not. */
export async function askReason(): Promise<TriageStep | undefined> {
  const reason = await window.showInputBox({
    title: l10n.t('Decline'),
    prompt: l10n.t(
      'Why? It stands in the record for whoever asks again. Enter without words gives no reason.',
    ),
  });
  return reason === undefined ? undefined : { kind: 'decline', reason: reason.trim() };
}

/** A choice that also takes what was typed. */
function pickOrType(
  items: readonly QuickPickItem[],
  title: string,
  placeholder: string,
): Promise<string | undefined> {
  const picker = window.createQuickPick();
  picker.title = title;
  picker.placeholder = placeholder;
  picker.items = items;
  picker.onDidChangeValue((typed) => {
    const fresh = typed.trim() !== '' && !items.some(({ label }) => label === typed.trim());
    picker.items = fresh
      ? [...items, { label: typed.trim(), description: l10n.t('new'), alwaysShow: true }]
      : items;
  });
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
