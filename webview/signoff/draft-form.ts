import type { FromSignoffPage, SignoffAnswer, SignoffDraft, SignoffWords } from '../../src/core/render/signoff-page.ts';
import { control, element } from '../kit/element.ts';
import type { Host } from '../kit/host.ts';
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
    ...movedNote(draft, words),
    fileList(words.files, draft.files, host),
    draft.evidence.length > 0 && fileList(words.evidence, draft.evidence, host),
    ...draft.items.map((item) => question(draft, item, answers[item.id], words, (answer) => set(item.id, answer))),
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

function movedNote({ moved }: SignoffDraft, words: SignoffWords): readonly HTMLElement[] {
  if (moved === null) return [];
  return [element('p', { class: 'note' }, moved.length === 0 ? words.nothingMoved : `${words.moved} ${moved.join(', ')}`)];
}

function fileList(title: string, paths: readonly string[], host: Page): HTMLElement {
  const rows = paths.map((path) => {
    const link = element('a', { href: '#', class: 'path' }, path);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      host.send({ kind: 'open', path });
    });
    return element('li', {}, link);
  });
  return element('details', { open: paths.length <= 12 ? '' : undefined }, element('summary', {}, `${title} (${paths.length})`), element('ul', {}, ...rows));
}

function fieldId({ rule }: SignoffDraft, item: string): string {
  return `${rule}-${item}`;
}

type Item = SignoffDraft['items'][number];

function question(draft: SignoffDraft, item: Item, earlier: SignoffAnswer | undefined, words: SignoffWords, set: (answer: SignoffAnswer) => void): HTMLElement {
  const id = fieldId(draft, item.id);
  const name = `${item.ask}${item.must ? ` (${words.required})` : ''}`;
  const group = element('div', { role: 'radiogroup', 'aria-label': name, class: 'choices', id, tabindex: '-1' });
  const note = control('vscode-text-field', { 'aria-label': `${words.note}: ${item.ask}`, placeholder: words.note, value: earlier?.note }) as HTMLElement & { value: string };
  let answer = earlier?.answer;
  const changed = (): void => {
    if (answer) set({ answer, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
  };
  for (const [value, label] of [['yes', words.yes], ['no', words.no], ['not-applicable', words.notApplicable]] as const) {
    const input = element('input', { type: 'radio', name: id, value, ...(answer === value ? { checked: '' } : {}) });
    input.addEventListener('change', () => {
      answer = value;
      note.setAttribute('placeholder', value === 'not-applicable' ? words.noteNeeded : words.note);
      changed();
    });
    group.append(element('label', {}, input, label));
  }
  note.addEventListener('input', changed);
  return element('div', { class: 'question' }, element('p', { class: 'ask' }, item.ask, item.must && element('span', { class: 'detail' }, ` ${words.required}`)), item.evidence !== null && element('p', { class: 'detail' }, item.evidence), group, note);
}

function buttons(words: SignoffWords, send: (decision: 'approve' | 'reject') => void): HTMLElement {
  const sign = control('vscode-button', { appearance: 'primary' }, words.sign);
  const reject = control('vscode-button', { appearance: 'secondary' }, words.reject);
  sign.addEventListener('click', () => send('approve'));
  reject.addEventListener('click', () => send('reject'));
  return element('div', { class: 'buttons' }, sign, reject);
}
