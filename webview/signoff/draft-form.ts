import type { FromSignoffPage, SignoffAnswer, SignoffDraft, SignoffWords } from '../../src/core/render/signoff-page.ts';
import { control, element } from '../kit/element.ts';
import type { Host } from '../kit/host.ts';
import { draftFacts } from './draft-facts.ts';
import type { SignoffState } from './signoff-state.ts';

type Page = Host<FromSignoffPage, SignoffState>;

/** The form of one sign-off: what would land, what is asked, what the signature means, and the two ways to answer. */
export function draftForm(draft: SignoffDraft, words: SignoffWords, host: Page): HTMLElement {
  const key = `${draft.rule} ${draft.digest}`;
  let answers: Readonly<Record<string, SignoffAnswer>> = { ...draft.earlier, ...host.state.answers[key] };
  const problem = element('p', { class: 'error', role: 'alert' });
  const set = (id: string, answer: SignoffAnswer): void => {
    problem.textContent = '';
    answers = { ...answers, [id]: answer };
    host.keep({ answers: { ...host.state.answers, [key]: answers } });
  };
  const send = (decision: 'approve' | 'reject'): void => {
    const open = decision === 'approve' ? draft.items.filter(({ id, must }) => unanswered(answers[id], must)) : [];
    problem.textContent = open.length > 0 ? `${words.unanswered} ${open.map(({ ask }) => ask).join(' · ')}` : '';
    if (open.length > 0) return document.getElementById(fieldId(draft, open[0]?.id ?? ''))?.focus();
    host.send({ kind: 'sign', rule: draft.rule, digest: draft.digest, decision, answers });
  };
  return element(
    'section',
    { 'aria-label': draft.rule },
    element('h2', {}, draft.rule, element('span', { class: 'detail' }, ` ${words.as} ${draft.person} · ${draft.role}`)),
    ...draftFacts(draft, words, (message) => host.send(message)),
    draft.items.length > 0 && element('h3', {}, words.checklist),
    ...draft.items.map((item) => question(draft, item, answers[item.id], words, (answer) => set(item.id, answer))),
    element('h3', {}, words.meaning),
    element('p', { class: 'meaning' }, draft.meaning),
    problem,
    buttons(words, send),
  );
}

/** A question that must be answered and is not, or that does not apply without a word why. */
function unanswered(answer: SignoffAnswer | undefined, must: boolean): boolean {
  if (!answer) return must;
  return answer.answer === 'not-applicable' && !answer.note?.trim();
}

function fieldId({ rule }: SignoffDraft, item: string): string {
  return `${rule}-${item}`;
}

type Item = SignoffDraft['items'][number];

function question(draft: SignoffDraft, item: Item, earlier: SignoffAnswer | undefined, words: SignoffWords, set: (answer: SignoffAnswer) => void): HTMLElement {
  const id = fieldId(draft, item.id);
  const group = element('fieldset', { class: 'question', id, tabindex: '-1' }, element('legend', { class: 'ask' }, item.ask, item.must && element('span', { class: 'detail' }, ` ${words.required}`)));
  const note = control('vscode-text-field', { 'aria-label': `${words.note}: ${item.ask}`, placeholder: words.note, value: earlier?.note }) as HTMLElement & { value: string };
  let answer = earlier?.answer;
  const changed = (): void => {
    if (answer) set({ answer, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
  };
  const choices = element('div', { class: 'choices' });
  for (const [value, label] of [['yes', words.yes], ['no', words.no], ['not-applicable', words.notApplicable]] as const) {
    const input = element('input', { type: 'radio', name: id, value, ...(answer === value ? { checked: '' } : {}) });
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

/** Signing is one press; a reject, which stops everybody else, is asked about once more. */
function buttons(words: SignoffWords, send: (decision: 'approve' | 'reject') => void): HTMLElement {
  const button = (label: string, appearance: 'primary' | 'secondary', press: () => void): HTMLElement => {
    const made = control('vscode-button', { appearance }, label);
    made.addEventListener('click', press);
    return made;
  };
  const row = element('div', { class: 'buttons' });
  const first = (): void => row.replaceChildren(button(words.sign, 'primary', () => send('approve')), button(words.reject, 'secondary', confirm));
  const confirm = (): void => {
    const back = button(words.back, 'secondary', first);
    row.replaceChildren(element('span', { role: 'alert' }, words.confirmReject), button(words.rejectAnyway, 'primary', () => send('reject')), back);
    back.focus();
  };
  first();
  return row;
}
