import { shellWord } from '../core/render/shell-word.ts';
import type { HookName } from './hook-names.ts';

/** Stands in every hook that `hook install` wrote, and in no other. */
export const markLine = '# Runs the gate of Countersign. Written by: countersign hook install';

/**
 * The line that runs a hook's gate, for a hook that is there already: with absolute paths, or as a command of the project's
 * own. What git tells a hook of a push on standard input is there once: it is kept, and whoever comes after reads it anew.
 */
export function hookLine(name: HookName, command: readonly string[]): string {
  const run = `${command.map(shellWord).join(' ')} hook run ${name} "$@"`;
  if (name !== 'pre-push') return `${run} || exit 1`;
  return `pushed=$(mktemp) && cat > "$pushed" && ${run} < "$pushed" || { rm -f "$pushed"; exit 1; }; exec < "$pushed"; rm -f "$pushed"`;
}

/** What a hook says in one line where its program is gone, to who works at a terminal and to who works in the editor. */
export const goneText =
  'countersign is gone from where this hook looks for it; next: install it again, then run countersign hook install, or in the editor the command Countersign: Install Git Hooks';

/** The command where a hook is shared with others: found in the project's packages or on the PATH. */
export const sharedCommand = ['countersign'] as const;

/**
 * A whole hook. A checker that is gone must block and say so, or every commit would pass in silence.
 *
 * @param command how to run the checker: the absolute paths of Node and of this program; null for a hook that is committed
 */
export function hookScript(name: HookName, command: readonly string[] | null): string {
  const run =
    command === null
      ? ['PATH="$PWD/node_modules/.bin:$PATH"', `countersign hook run ${name} "$@"`]
      : [`${command.map(shellWord).join(' ')} hook run ${name} "$@"`];
  const gone = command === null ? 'countersign is not installed here; next: npm install' : goneText;
  return [
    '#!/bin/sh',
    markLine,
    ...(command === null ? [] : [present(command, gone)]),
    ...run,
    'status=$?',
    `[ "$status" -lt 126 ] || echo "${gone}" >&2`,
    'exit "$status"',
    '',
  ].join('\n');
}

/** Before Node complains at length about a file that it does not find. */
function present(command: readonly string[], gone: string): string {
  return `[ -f ${shellWord(command.at(-1) ?? '')} ] || { echo "${gone}" >&2; exit 1; }`;
}
