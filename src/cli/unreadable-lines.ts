import { escapeTerminal } from '../core/render/terminal.ts';

/** That an answer lacks what could not be read: empty where nothing did. */
export function unreadableLines(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const shown =
    paths.length > 3
      ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more`
      : paths.join(', ');
  return [escapeTerminal(`not among these, since unreadable: ${shown}; why: countersign index`)];
}
