import type {
  FromSignoffPage,
  SignoffAnswer,
  SignoffDraft,
  SignoffWords,
} from '../../src/core/render/signoff-page.ts';
import { element } from '../kit/element.ts';
import type { Host } from '../kit/host.ts';
import { draftFacts } from './draft-facts.ts';
import { fieldId, isOpen, question } from './question.ts';
import { keyOf, nothingSaid, type SaidState, type SignoffState } from './signoff-state.ts';
import { signButtons } from './sign-buttons.ts';
import { ticks } from './ticks.ts';

type Page = Host<FromSignoffPage, SignoffState>;
type Answers = Readonly<Record<string, SignoffAnswer>>;

/** The form of one sign-off: what would land, what is asked, what the signature means, and the two ways to answer. */
export function draftForm(draft: SignoffDraft, words: SignoffWords, host: Page): HTMLElement {
  const key = keyOf(draft);
  let answers: Answers = { ...draft.earlier, ...host.state.answers[key] };
  let said: SaidState = { ...nothingSaid, ...host.state.said[key] };
  const problem = element('p', { class: 'error', role: 'alert' });
  const means = element('div', { role: 'status' });
  const tell = (): void =>
    means.replaceChildren(
      ...alsoMeans(draft, words, answers, said).map((line) => element('p', {}, line)),
    );
  const set = (id: string, answer: SignoffAnswer): void => {
    problem.textContent = '';
    answers = { ...answers, [id]: answer };
    host.keep({ ...host.state, answers: { ...host.state.answers, [key]: answers } });
    tell();
  };
  const say = (more: Partial<SaidState>): void => {
    problem.textContent = '';
    said = { ...said, ...more };
    host.keep({ ...host.state, said: { ...host.state.said, [key]: said } });
    tell();
  };
  const send = (decision: 'approve' | 'reject'): void =>
    host.send({ kind: 'sign', rule: draft.rule, digest: draft.digest, decision, answers, ...said });
  const approve = (): void => {
    const open = draft.items.filter(({ id, must }) => isOpen(answers[id], must));
    problem.textContent =
      open.length > 0 ? `${words.unanswered} ${open.map(({ ask }) => ask).join(' · ')}` : '';
    if (open.length > 0) focusOn(fieldId(draft, open[0]?.id ?? ''));
    else send('approve');
  };
  const reject = (): boolean => {
    const why =
      said.reason.trim() !== '' ||
      draft.items.some(({ id }) => answers[id]?.answer === 'no' && answers[id].note?.trim());
    problem.textContent = why ? '' : words.reasonNeeded;
    if (why) send('reject');
    return Boolean(why);
  };
  const meaning = element('div', { class: 'meaning' }, element('p', {}, draft.meaning), means);
  const turned = (rejecting: boolean): void => void (meaning.hidden = rejecting);
  tell();
  return element(
    'section',
    { 'aria-label': draft.rule },
    element(
      'h2',
      {},
      draft.rule,
      element('span', { class: 'detail' }, ` ${words.as} ${draft.person} · ${draft.role}`),
    ),
    ...draftFacts(draft, words, (message) => host.send(message)),
    ...checklist(draft, words, answers, set),
    ...furtherTicks(draft, words, said, say),
    element('h3', {}, words.meaning),
    meaning,
    problem,
    signButtons(words, {
      approve,
      reject,
      reason: said.reason,
      say: (reason) => say({ reason }),
      turned,
    }),
  );
}

/** Whom the signer vouches for, and which promises are done. */
function furtherTicks(
  { strangers, promises }: SignoffDraft,
  words: SignoffWords,
  { vouches: vouched, meets: met }: SaidState,
  say: (more: Partial<SaidState>) => void,
): readonly HTMLElement[] {
  return [
    ...ticks(
      {
        heading: words.strangers,
        label: words.vouch,
        ticked: vouched,
        all: strangers.map((email) => ({ value: email, detail: '' })),
      },
      (vouches) => say({ vouches }),
    ),
    ...ticks(
      {
        heading: words.promises,
        label: words.done,
        ticked: met,
        all: promises.map(({ text, owner, due, overdue }) => ({
          value: text,
          detail: [`${owner} ${words.by} ${due}`, overdue && words.overdue]
            .filter(Boolean)
            .join(' · '),
        })),
      },
      (meets) => say({ meets }),
    ),
  ];
}

/** What is open is asked; what an earlier signature answered is folded away, there to be changed. */
function checklist(
  draft: SignoffDraft,
  words: SignoffWords,
  answers: Answers,
  set: (id: string, answer: SignoffAnswer) => void,
): readonly (HTMLElement | false)[] {
  const fields = (items: SignoffDraft['items']): readonly HTMLElement[] =>
    items.map((item) =>
      question(draft, item, words, {
        earlier: answers[item.id],
        set: (answer) => set(item.id, answer),
      }),
    );
  const before = draft.items.filter(({ id }) => draft.earlier[id] !== undefined);
  const asked = draft.items.filter(({ id }) => draft.earlier[id] === undefined);
  return [
    draft.items.length > 0 && element('h3', {}, words.checklist),
    ...fields(asked),
    before.length > 0 &&
      element(
        'details',
        {},
        element('summary', {}, `${words.answeredBefore} (${before.length})`),
        ...fields(before),
      ),
  ];
}

/** What else is signed, and what keeps the rule shut all the same: beside the meaning, as it changes under the hand. */
function alsoMeans(
  { items }: SignoffDraft,
  words: SignoffWords,
  answers: Answers,
  { vouches, meets }: SaidState,
): readonly string[] {
  const denied = items.filter(({ id, must }) => must && answers[id]?.answer === 'no');
  return [
    ...vouches.map((email) => `${words.vouch} ${email}`),
    ...meets.map((text) => `${words.done} ${text}`),
    ...(denied.length > 0
      ? [`${words.keepsShut} ${denied.map(({ ask }) => ask).join(' · ')}`]
      : []),
  ];
}

/** Also where it is folded away. */
function focusOn(id: string): void {
  const field = document.getElementById(id);
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}
