import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseDocument, stringify } from 'yaml';
import * as z from 'zod';
import { CountersignError } from '../app/errors.ts';
import type { Answers } from '../app/sign.ts';

const word = z.union([
  z.enum(['yes', 'no', 'not-applicable']),
  z.boolean().transform((value) => (value ? ('yes' as const) : ('no' as const))),
]);
const schema = z.record(
  z.string(),
  z.union([
    word.transform((answer) => ({ answer })),
    z.strictObject({ answer: word, note: z.string().optional() }),
  ]),
);

/** Reads answers to a checklist, YAML or JSON: `item: yes`, or `item: {answer: not-applicable, note: why}`. */
export async function readAnswers(cwd: string, file: string): Promise<Answers> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new CountersignError(
      'sign/answers',
      `the answers in ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      'name a file of answers',
      { cause },
    );
  }
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error)
    throw new CountersignError(
      'sign/answers',
      `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`,
      'mend the file',
    );
  const read = schema.safeParse(document.toJS() ?? {});
  if (!read.success)
    throw new CountersignError(
      'sign/answers',
      `${file}: ${read.error.issues[0]?.path.join('.') ?? ''}: an answer is yes, no, not-applicable, or {answer, note}`,
      'mend the file',
    );
  return Object.fromEntries(
    Object.entries(read.data).map(([id, given]) => [
      id,
      'note' in given && given.note !== undefined
        ? { answer: given.answer, note: given.note }
        : { answer: given.answer },
    ]),
  );
}

/** Writes answers into a folder, readable by nobody else, as `readAnswers` reads them; the path of the file. */
export async function writeAnswers(folder: string, answers: Answers): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'answers.yaml');
  await writeFile(file, stringify(answers), { mode: 0o600 });
  return file;
}
