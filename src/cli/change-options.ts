import type { Command } from 'commander';
import { type ChangeSource, parseRange } from '../app/change.ts';
import { CountersignError } from '../app/errors.ts';

/** Options that say which change is meant, shared by the commands about changes. */
export function changeOptions(options: Command): Command {
  return options
    .option('--staged', 'what is staged, on top of HEAD (the default)')
    .option('--range <A...B>', 'what the commits of B would bring to A')
    .option('--target <branch>', 'where it would land (default: the default target)');
}

/** The change that the options name. */
export function changeSource(options: Readonly<Record<string, unknown>>): ChangeSource {
  const range = options['range'];
  if (typeof range === 'string' && options['staged'] === true)
    throw new CountersignError(
      'usage/options',
      '--staged and --range exclude each other',
      'name one of them',
    );
  return typeof range === 'string' ? parseRange(range) : { kind: 'staged' };
}

/** The text of an option, or undefined where it was not given. */
export function textOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A whole number from 1, or undefined where the option was not given. */
export function countOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new CountersignError(
    'usage/count',
    `--${name} ${JSON.stringify(text)} is not a whole number from 1`,
    `write it like --${name} 20`,
  );
}

/** Parser of an option that may be given again: without a default, which the help would show as `[]`. */
export function oneMore(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * The digest of a policy's files, `v1:` and 64 hex digits as `digest --trust-root` prints it; `sha256:` before the same digits
 * names the same, and nothing else is a digest.
 */
export function trustRootOption(text: string): string {
  const hex = /^(?:v1|sha256):([0-9a-f]{64})$/.exec(text)?.[1];
  if (hex === undefined)
    throw new CountersignError(
      'usage/digest',
      `--trust-root ${JSON.stringify(text)} is not the digest of a policy`,
      'write v1: and 64 lower-case hex digits, as countersign digest --trust-root prints them',
    );
  return `v1:${hex}`;
}

/** All texts of an option that may be given again; empty where it was not given. */
export function listOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] {
  return (options[name] as readonly string[] | undefined) ?? [];
}

/** A time of the command line. */
export function timeOption(
  options: Readonly<Record<string, unknown>>,
  name: string,
): Date | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (
    !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) ||
    Number.isNaN(time.getTime())
  ) {
    throw new CountersignError(
      'usage/time',
      `--${name} ${JSON.stringify(text)} is not a time`,
      'write it as RFC 3339, such as 2026-11-24T06:00:00Z',
    );
  }
  return time;
}
