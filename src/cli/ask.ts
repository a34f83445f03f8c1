import { createInterface } from 'node:readline/promises';
import type { Answers, PreparedSignoff } from '../app/sign.ts';
import { escapeTerminal } from '../core/render/terminal.ts';

/** A person at a terminal. */
export type Terminal = { readonly say: (text: string) => void; readonly ask: (question: string) => Promise<string>; readonly close: () => void };

/** The person at this terminal, or null where there is none. Questions go to standard error: standard output is the answer's. */
export function openTerminal(): Terminal | null {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return { say: (text) => process.stderr.write(`${text}\n`), ask: (question) => lines.question(question), close: () => lines.close() };
}

/** Asks what is not answered yet; Enter keeps an earlier answer. */
export async function askAnswers(terminal: Terminal, { items, earlierAnswers }: PreparedSignoff): Promise<Answers> {
  const answers: Record<string, Answers[string]> = {};
  for (const { id, ask, must } of items) {
    const earlier = Object.hasOwn(earlierAnswers, id) ? earlierAnswers[id] : undefined;
    const hint = earlier ? `Enter: ${earlier.answer}` : must ? 'y, n, or - and why it does not apply' : 'y, n, -, or Enter to leave out';
    for (;;) {
      const said = (await terminal.ask(escapeTerminal(`${ask} [${hint}] `))).trim();
      const answer = said === '' ? (earlier ?? null) : readAnswer(said);
      if (answer === null && (must || said !== '')) continue;
      if (answer !== null) answers[id] = answer;
      break;
    }
  }
  return answers;
}

function readAnswer(said: string): Answers[string] | null {
  const [, word = '', note = ''] = /^(\S+)\s*(.*)$/s.exec(said) ?? [];
  const answer = ({ y: 'yes', yes: 'yes', n: 'no', no: 'no', '-': 'not-applicable' } as const)[word.toLowerCase()];
  if (answer === undefined || (answer === 'not-applicable' && note === '')) return null;
  return note === '' ? { answer } : { answer, note };
}

export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await terminal.ask(`${question} [y/N] `)).trim());
}
