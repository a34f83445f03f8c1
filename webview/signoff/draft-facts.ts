import type {
  FromSignoffPage,
  SignoffDraft,
  SignoffWords,
} from '../../src/core/render/signoff-page.ts';
import { element } from '../kit/element.ts';

type Send = (message: FromSignoffPage) => void;

/** What a person reads before signing: what asked for the change, what was measured, what changed, and what will be cited. */
export function draftFacts(
  draft: SignoffDraft,
  words: SignoffWords,
  send: Send,
): readonly HTMLElement[] {
  return [
    ...standing(draft, words),
    ...why(draft, words, send),
    ...files(draft, words, send),
    ...evidence(draft, words, send),
  ];
}

function standing(
  { signed, before, files: changed }: SignoffDraft,
  words: SignoffWords,
): readonly HTMLElement[] {
  if (signed) return [element('p', { class: 'note good' }, words.alreadySigned)];
  if (!before) return [];
  const moved = changed.filter((file) => file.moved).map(({ path }) => path);
  return [
    moved.length === 0
      ? element('p', { class: 'note' }, words.nothingMoved)
      : element('p', { class: 'moved' }, `${words.movedSince} ${moved.join(', ')}`),
  ];
}

function why(
  { decisions, feedback, results, plans, reviews }: SignoffDraft,
  words: SignoffWords,
  send: Send,
): readonly HTMLElement[] {
  const rows = decisions.map(({ id, title, status, risk }) =>
    element(
      'li',
      {},
      link(id, () => send({ kind: 'openRecord', id })),
      ` ${title} `,
      element('span', { class: 'detail' }, `${status} · ${risk}`),
    ),
  );
  const asked = feedback.map(({ id, title }) =>
    element(
      'li',
      {},
      link(id, () => send({ kind: 'openRecord', id })),
      ` ${title ?? words.privateText}`,
    ),
  );
  const measured = results.map((result) => measurement(result, words, send));
  return [
    element('h3', {}, words.why),
    rows.length > 0
      ? element('ul', {}, ...rows)
      : element('p', { class: 'heed' }, words.noDecision),
    ...reviews.map((line) => element('p', { class: 'heed' }, line)),
    ...(asked.length > 0
      ? [
          element(
            'details',
            {},
            element('summary', {}, `${words.askedFor} (${asked.length})`),
            element('ul', {}, ...asked),
          ),
        ]
      : []),
    element('h3', {}, words.measured),
    measured.length > 0
      ? element('ul', {}, ...measured)
      : element('p', { class: 'heed' }, words.notMeasured),
    ...(plans.length > 0
      ? [
          element(
            'div',
            { class: 'heed' },
            element('p', {}, words.planChanged),
            element(
              'ul',
              {},
              ...plans.map(({ evaluation, path }) =>
                element(
                  'li',
                  {},
                  link(path, () => send({ kind: 'open', path })),
                  ` ${evaluation}`,
                ),
              ),
            ),
          ),
        ]
      : []),
  ];
}

function measurement(
  {
    evaluation,
    verdict,
    why: reason,
    targets,
    unverified,
    sameAs,
  }: SignoffDraft['results'][number],
  words: SignoffWords,
  send: Send,
): HTMLElement {
  return element(
    'li',
    {},
    element('strong', {}, verdict),
    ` ${reason} `,
    link(`${words.report} ${evaluation}`, () => send({ kind: 'report', id: evaluation })),
    targets.length > 0 &&
      element('ul', { class: 'targets' }, ...targets.map((line) => element('li', {}, line))),
    sameAs !== null && element('p', { class: 'heed' }, `${words.sameAs} ${sameAs}`),
    unverified.length > 0 &&
      element('p', { class: 'heed' }, `${words.unverified} ${unverified.join(', ')}`),
  );
}

function files(
  { rule, files: changed, before }: SignoffDraft,
  words: SignoffWords,
  send: Send,
): readonly HTMLElement[] {
  const rows = changed.map(({ path, moved }) => {
    const compare = (label: string, since: boolean): HTMLElement =>
      link(label, () => send({ kind: 'compare', rule, path, since }), `${label}: ${path}`);
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        link(path, () => send({ kind: 'open', path })),
      ),
      element('td', {}, compare(words.whole, false)),
      before && element('td', {}, moved && compare(words.since, true)),
    );
  });
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, words.file),
    element('th', { scope: 'col', ...(before ? { colspan: '2' } : {}) }, words.difference),
  );
  const table = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, words.files),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
  return [
    element('h3', {}, `${words.files} (${changed.length})`),
    folded(table, changed.length, words.files),
  ];
}

function evidence(
  { evidence: listed }: SignoffDraft,
  words: SignoffWords,
  send: Send,
): readonly HTMLElement[] {
  if (listed.length === 0) return [];
  const rows = listed.map(({ path, sha256 }) =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        link(path, () => send({ kind: 'open', path })),
      ),
      element('td', {}, element('code', { title: sha256 }, `${sha256.slice(0, 16)}…`)),
    ),
  );
  const table = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, words.evidence),
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, words.evidenceFile),
        element('th', { scope: 'col' }, words.digest),
      ),
    ),
    element('tbody', {}, ...rows),
  );
  return [
    element('h3', {}, `${words.evidence} (${listed.length})`),
    folded(table, listed.length, words.evidence),
  ];
}

/** A long table is there to be opened, so that the questions below it stay in reach. */
function folded(table: HTMLElement, count: number, title: string): HTMLElement {
  const scrolling = element('div', { class: 'scroll' }, table);
  return count <= 12
    ? scrolling
    : element('details', {}, element('summary', {}, `${title} (${count})`), scrolling);
}

function link(label: string, open: () => void, name?: string): HTMLElement {
  const made = element('a', { href: '#', class: 'path', 'aria-label': name }, label);
  made.addEventListener('click', (event) => {
    event.preventDefault();
    open();
  });
  return made;
}
