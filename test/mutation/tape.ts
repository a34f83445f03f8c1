import { createHash } from 'node:crypto';
import { CountersignError } from '../../src/app/errors.ts';
import type { FindingCode } from '../../src/core/finding/finding-code.ts';

/** What a situation asked of git, with what git answered. Bytes of objects are kept once for all situations. */
export type Answer =
  | { readonly value: unknown }
  | {
      readonly refused: {
        readonly code: FindingCode;
        readonly message: string;
        readonly fix: string | undefined;
      };
    };
export type Tape = Map<string, Answer>;

/** Where answers come from now: null while a situation is set up, when all is asked of the machine. `missed` counts questions that the recording did not hear: git itself answers them. */
export const deck: { tape: Tape | null; missed: number } = { tape: null, missed: 0 };

/** The answer of the tape, or that of the machine, which the tape keeps. */
export async function once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
  const { tape } = deck;
  if (tape === null) return ask();
  const key = JSON.stringify(question, (_, value: unknown) =>
    value instanceof Uint8Array ? createHash('sha256').update(value).digest('hex') : value,
  );
  const known = tape.get(key) ?? (await answerOf(ask));
  if (!tape.has(key)) {
    tape.set(key, known);
    deck.missed++;
  }
  if ('value' in known) return known.value as T;
  const { code, message, fix } = known.refused;
  throw new CountersignError(code, message, fix);
}

async function answerOf(ask: () => Promise<unknown>): Promise<Answer> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof CountersignError)
      return { refused: { code: error.code, message: error.message, fix: error.fix } };
    throw error;
  }
}
