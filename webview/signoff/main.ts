import type { FromSignoffPage, ToSignoffPage } from '../../src/core/render/signoff-page.ts';
import { button, registerControls, textField } from '../kit/controls.ts';
import { element } from '../kit/element.ts';
import { openHost } from '../kit/host.ts';
import { draftForm } from './draft-form.ts';
import { emptyState, keyOf, type SignoffState, without } from './signoff-state.ts';

registerControls(button(), textField());
const main = document.querySelector('main') ?? document.body.appendChild(element('main', {}));
let shown = '';
const status = document.body.appendChild(element('div', { role: 'status', class: 'status' }));

const host = openHost<FromSignoffPage, SignoffState>(emptyState, (message: ToSignoffPage) => {
  switch (message.kind) {
    case 'drafts':
      main.removeAttribute('aria-busy');
      // The same form again would take the focus from under a person who types.
      if (JSON.stringify(message) === shown) return enable(true);
      shown = JSON.stringify(message);
      // What was signed stays said; what went wrong is over once the form is new.
      if (status.querySelector('.error')) status.textContent = '';
      main.replaceChildren(
        element('h1', {}, message.words.heading),
        ...(message.drafts.length === 0
          ? [element('p', {}, message.words.none)]
          : message.drafts.map((draft) => draftForm(draft, message.words, host))),
      );
      return;
    case 'busy':
      return enable(!message.busy);
    case 'failed':
      status.replaceChildren(
        element('p', { class: 'error', role: 'alert' }, message.message),
        ...(message.fix ? [element('p', {}, `→ ${message.fix}`)] : []),
      );
      return;
    case 'signed':
      status.replaceChildren(element('p', { class: 'good' }, message.path));
      host.keep(without(host.state, keyOf(message)));
      return;
  }
});
host.send({ kind: 'ready' });

function enable(enabled: boolean): void {
  main.setAttribute('aria-busy', String(!enabled));
  for (const pressed of main.querySelectorAll('vscode-button'))
    pressed.toggleAttribute('disabled', !enabled);
}
