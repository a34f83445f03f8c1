import type {
  SignoffAnswer,
  SignoffDraft,
  SignoffWords,
} from '../../src/core/render/signoff-page.ts';
import { control, element } from '../kit/element.ts';

type Item = SignoffDraft['items'][number];

/** A question that must be answered and is not, or that does not apply without a word why. */
export function isOpen(answer: SignoffAnswer | undefined, must: boolean): boolean {
  if (!answer) return must;
  return answer.answer === 'not-applicable' && !answer.note?.trim();
}

/** The id of a question's element. */
export function fieldId({ rule }: SignoffDraft, item: string): string {
  return `${rule}-${item}`;
}

/** One question with its three answers and a note. */
export function question(
  draft: SignoffDraft,
  item: Item,
  words: SignoffWords,
  {
    earlier,
    set,
  }: {
    readonly earlier: SignoffAnswer | undefined;
    readonly set: (answer: SignoffAnswer) => void;
  },
): HTMLElement {
  const id = fieldId(draft, item.id);
  const group = element(
    'fieldset',
    { class: 'question', id, tabindex: '-1' },
    element(
      'legend',
      { class: 'ask' },
      item.ask,
      item.must && element('span', { class: 'detail' }, ` ${words.required}`),
    ),
  );
  const note = control('vscode-text-field', {
    'aria-label': `${words.note}: ${item.ask}`,
    placeholder: words.note,
    value: earlier?.note,
  }) as HTMLElement & { value: string };
  let answer = earlier?.answer;
  const changed = (): void => {
    if (answer) set({ answer, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
  };
  const choices = element('div', { class: 'choices' });
  for (const [value, label] of [
    ['yes', words.yes],
    ['no', words.no],
    ['not-applicable', words.notApplicable],
  ] as const) {
    const input = element('input', {
      type: 'radio',
      name: id,
      value,
      ...(answer === value ? { checked: '' } : {}),
    });
    input.addEventListener('change', () => {
      answer = value;
      note.setAttribute('placeholder', value === 'not-applicable' ? words.noteNeeded : words.note);
      changed();
    });
    choices.append(element('label', {}, input, label));
  }
  note.addEventListener('input', changed);
  if (item.evidence !== null) group.append(element('p', { class: 'detail' }, item.evidence));
  group.append(choices, note);
  return group;
}
