import { createInterface } from 'node:readline/promises';
import type { Answers, PreparedSignoff } from '../app/sign.ts';
import type { DiffPlace } from '../app/signed-diff.ts';
import { reasonAnswers } from '../core/gate/reject-reason.ts';
import { escapeTerminal } from '../core/render/terminal.ts';

/** A person at a terminal. */
export type Terminal = {
  readonly say: (text: string) => void;
  readonly ask: (question: string) => Promise<string>;
  readonly close: () => void;
};

/** The person at this terminal, or null where there is none. Questions go to standard error: standard output is the answer's. */
export function openTerminal(): Terminal | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return {
    say: (text) => process.stderr.write(`${text}\n`),
    ask: (question) => lines.question(question),
    close: () => lines.close(),
  };
}

/** Asks what this person has not answered yet; what they answered when signing before is kept unless they say otherwise. */
export async function askAnswers(
  terminal: Terminal,
  { items, earlierAnswers }: PreparedSignoff,
): Promise<Answers> {
  const answered = items.filter(({ id }) => Object.hasOwn(earlierAnswers, id));
  const kept =
    answered.length > 0 && (await keepsAnswers(terminal, answered, earlierAnswers)) ? answered : [];
  const answers: Record<string, Answers[string]> = Object.fromEntries(
    kept.map(({ id }) => [id, earlierAnswers[id] as Answers[string]]),
  );
  for (const item of items.filter((candidate) => !kept.includes(candidate))) {
    const answer = await askItem(terminal, item);
    if (answer !== null) answers[item.id] = answer;
  }
  return answers;
}

async function keepsAnswers(
  terminal: Terminal,
  items: PreparedSignoff['items'],
  earlier: Answers,
): Promise<boolean> {
  terminal.say('You answered when you last signed:');
  for (const { id, ask } of items)
    terminal.say(
      escapeTerminal(
        `  ${ask} ${earlier[id]?.answer ?? ''}${earlier[id]?.note ? ` (${earlier[id].note})` : ''}`,
      ),
    );
  return !/^n(o)?$/i.test((await terminal.ask('Does all of this still hold? [Y/n] ')).trim());
}

/** One item, asked until the answer can be understood; null where an item that may be left out is. */
async function askItem(
  terminal: Terminal,
  { ask, must }: PreparedSignoff['items'][number],
): Promise<Answers[string] | null> {
  const hint = must ? 'y, n, or - and why it does not apply' : 'y, n, -, or Enter to leave out';
  for (;;) {
    const said = (await terminal.ask(escapeTerminal(`${ask} [${hint}] `))).trim();
    if (said === '' && !must) return null;
    const answer = readAnswer(said);
    if (answer !== null) return answer;
  }
}

function readAnswer(said: string): Answers[string] | null {
  const [, word = '', note = ''] = /^(\S+)\s*(.*)$/s.exec(said) ?? [];
  const answer = ({ y: 'yes', yes: 'yes', n: 'no', no: 'no', '-': 'not-applicable' } as const)[
    word.toLowerCase()
  ];
  if (answer === undefined || (answer === 'not-applicable' && note === '')) return null;
  return note === '' ? { answer } : { answer, note };
}

/** Why somebody rejects, where the command did not say it; nothing where they do not want to. */
export async function askReason(
  terminal: Terminal,
  { draft, given }: PreparedSignoff,
): Promise<Answers> {
  if (draft.decision !== 'reject' || Object.keys(given).length > 0) return {};
  const reason = (
    await terminal.ask(
      'Why do you reject? Everybody reads it, and it is signed. [Enter to leave it out] ',
    )
  ).trim();
  return reason === '' ? {} : reasonAnswers(reason);
}

/** Asks whether to sign; `d` shows what changed, also of the files that are named after it, and asks again. */
export async function confirmSigning(
  terminal: Terminal,
  { movedSince, diff, whole }: Pick<PreparedSignoff, 'movedSince' | 'diff' | 'whole'>,
  read: (place: DiffPlace) => Promise<string>,
): Promise<boolean> {
  const shows =
    movedSince === null
      ? 'd shows what changed'
      : 'd shows what moved since you signed, w the whole change';
  for (;;) {
    const said = (await terminal.ask(`Sign? [y/N, ${shows}; d NAME one file] `)).trim();
    const [, key, name = ''] = /^(d|diff|w)(?:\s+(.*))?$/i.exec(said) ?? [];
    if (key === undefined) return /^y(es)?$/i.test(said);
    const place = key.toLowerCase() === 'w' ? whole : diff;
    const files = place.files.filter((path) => typeof path === 'string' && path.includes(name));
    terminal.say(
      files.length === 0
        ? escapeTerminal(name === '' ? 'no file moved' : `no file here has ${name} in its name`)
        : (await read({ ...place, files })).split('\n').map(escapeTerminal).join('\n'),
    );
  }
}
