import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shellWord } from '../core/render/shell-word.ts';
import { writeWhole } from './files.ts';
import { goneText } from './hook-script.ts';

/** The program that a launcher runs, and where a newer one is found once it is gone. */
export type LaunchedProgram = {
  /** Absolute path of a Node, or of an editor that can be one. */
  readonly node: string;
  /** Absolute path of the built command line, in a folder that bears a version. */
  readonly program: string;
  /** Absolute paths that a newer version may have, `*` for the version. */
  readonly newer: string;
};

/** A program at a place that no update moves, to be run by hooks. @param folder absolute, kept over updates */
export function launcherPath(folder: string): string {
  return join(folder, 'countersign-hook.sh');
}

/**
 * Writes the launcher where it is not as it has to be.
 *
 * @param fresh whether it is written where there is none yet
 * @returns whether it is there
 */
export async function keepLauncher(
  folder: string,
  launched: LaunchedProgram,
  fresh: boolean,
): Promise<boolean> {
  const path = launcherPath(folder);
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before === null && !fresh) return false;
  const text = launcherScript(launched);
  if (before !== text) await writeWhole(path, new TextEncoder().encode(text));
  return true;
}

/** Runs the version that was there when the editor last started, else the newest that took its place. */
function launcherScript({ node, program, newer }: LaunchedProgram): string {
  const [before = '', after = ''] = newer.split('*');
  return [
    '#!/bin/sh',
    '# Runs the Countersign that the editor has, for git hooks. The editor writes this anew after each update.',
    `program=${shellWord(program)}`,
    'if [ ! -f "$program" ]; then',
    '  program=',
    `  for other in ${shellWord(before)}*${shellWord(after)}; do`,
    '    [ -f "$other" ] || continue',
    '    if [ -z "$program" ] || [ "$other" -nt "$program" ]; then program=$other; fi',
    '  done',
    'fi',
    `[ -n "$program" ] || { echo ${shellWord(goneText)} >&2; exit 1; }`,
    `node=${shellWord(node)}`,
    '[ -x "$node" ] || node=$(command -v node) || {',
    `  echo ${shellWord(goneText)} >&2`,
    '  exit 1',
    '}',
    // An editor’s program is no Node until it is told to be one; a Node does not mind.
    'ELECTRON_RUN_AS_NODE=1 exec "$node" "$program" "$@"',
    '',
  ].join('\n');
}
