import type { SignoffWords } from '../../src/core/render/signoff-page.ts';
import { control, element } from '../kit/element.ts';

/** What the buttons do; `reject` says whether there was a reason, without which nothing is sent. */
type Signing = {
  readonly approve: () => void;
  readonly reject: () => boolean;
  readonly reason: string;
  readonly say: (reason: string) => void;
  /** Told when the person turns to a reject, and back: the one means what the other does not. */
  readonly turned: (rejecting: boolean) => void;
};

/** Signing is one press; a reject, which stops everybody else, is asked about once more, with its reason. */
export function signButtons(
  words: SignoffWords,
  { approve, reject, reason, say, turned }: Signing,
): HTMLElement {
  const row = element('div', {});
  const button = (
    label: string,
    appearance: 'primary' | 'secondary',
    press: () => void,
  ): HTMLElement => {
    const made = control('vscode-button', { appearance }, label);
    made.addEventListener('click', press);
    return made;
  };
  const field = control('vscode-text-field', {
    class: 'reason',
    'aria-label': words.reason,
    value: reason,
  }) as HTMLElement & { value: string };
  field.addEventListener('input', () => say(field.value));
  const first = (): void => {
    turned(false);
    row.replaceChildren(
      element(
        'div',
        { class: 'buttons' },
        button(words.sign, 'primary', approve),
        button(words.reject, 'secondary', confirm),
      ),
    );
  };
  const send = (): void => {
    if (!reject()) field.focus();
  };
  const confirm = (): void => {
    turned(true);
    row.replaceChildren(
      element('p', { class: 'meaning', role: 'alert' }, words.confirmReject),
      element('p', { 'aria-hidden': 'true' }, words.reason),
      field,
      element(
        'div',
        { class: 'buttons' },
        button(words.rejectAnyway, 'primary', send),
        button(words.back, 'secondary', first),
      ),
    );
    field.focus();
  };
  first();
  return row;
}
