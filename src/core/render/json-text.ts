/**
 * A value as JSON with two spaces, in which characters that a terminal could obey or that turn the direction of writing
 * are escaped: the same value to every reader.
 */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    silent,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const silent = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;
