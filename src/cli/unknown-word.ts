import { CountersignError } from '../app/errors.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { textOption } from './change-options.ts';

/** That a word of the command line is none of a closed set, with the one that was most likely meant and the set. */
export function unknownWord(
  what: string,
  word: string,
  known: readonly string[],
): CountersignError {
  const near = nearestName(word, known);
  const all = `say one of ${known.join(', ')}`;
  return new CountersignError(
    `usage/${what}`,
    `there is no ${what} ${JSON.stringify(word)}`,
    near === null ? all : `did you mean ${near}? Else ${all}`,
  );
}

/** The value of an option that takes one of a closed set; undefined where it was not given. */
export function oneOf<Value extends string>(
  options: Readonly<Record<string, unknown>>,
  name: string,
  values: readonly Value[],
): Value | undefined {
  const said = textOption(options, name);
  const found = values.find((value) => value === said);
  if (said !== undefined && found === undefined) throw unknownWord(name, said, values);
  return found;
}
