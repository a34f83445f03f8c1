import type * as z from 'zod';
import { inlineYaml, quotedYaml } from '../yaml/write-yaml.ts';
import { meantValue, meantYaml, onePerson, type RefusedValue } from './meant-value.ts';
import { fits, knownKeys } from './schema-shape.ts';

/** What a schema refuses, as the library tells it. */
export type Issue = z.core.$ZodIssue;

/** What was taken for a comment, where the text `#12` was meant. */
export function commentFix(
  comment: string | undefined,
  { schema, path, value }: RefusedValue,
): string | null {
  return value === null &&
    comment !== undefined &&
    /^#\S/.test(comment) &&
    fits(schema, path, comment)
    ? `put it in quotes: ${quotedYaml(comment)}`
    : null;
}

/** One person in place of a list of them. */
export function onePersonFix(refused: RefusedValue): string | null {
  const person = onePerson(refused);
  if (person === null) return null;
  return person.only
    ? `write ${inlineYaml(person.first)}`
    : `name one of them, such as ${refused.path.at(-1)}: ${inlineYaml(person.first)}`;
}

/** How a list or map has to be begun where what stands there would not do in one either. */
export function listFix(
  issue: Issue,
  { schema, path, value, written }: RefusedValue,
): string | null {
  if (issue.code !== 'invalid_type') return null;
  if (issue.expected === 'array' && written !== null && typeof value === 'object')
    return `put it in brackets: [${written}]`;
  const known = knownKeys(schema, path);
  return issue.expected === 'object' && known.length > 0
    ? `write a map with one or more of the keys ${known.join(', ')}`
    : null;
}

/** The very text to put in place of a value, where it can be told. */
export function meantFix(refused: RefusedValue): string | null {
  const { value, written } = refused;
  if (value === null || value === '') return null;
  const meant = meantValue(refused);
  if (meant === undefined) return null;
  return typeof meant === 'string' && typeof value !== 'string' && meant === written
    ? `put it in quotes: ${quotedYaml(meant)}`
    : `write ${meantYaml(meant)}`;
}
