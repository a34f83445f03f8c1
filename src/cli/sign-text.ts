import type { MadeSignoff, PreparedSignoff } from '../app/sign.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { escapeTerminal } from '../core/render/terminal.ts';

/** What a person reads before signing. */
export function preparedText({ rule, files, movedSince, evidence, meaning }: PreparedSignoff): string {
  const moved = movedSince === null ? [] : [movedSince.length === 0 ? 'nothing moved since you last signed' : `moved since you last signed: ${named(movedSince)}`];
  return [`${rule}: ${named(files)}`, ...moved, ...(evidence.length > 0 ? [`evidence: ${evidence.map(({ path }) => path).join(', ')}`] : []), meaning].map(escapeTerminal).join('\n');
}

export function signedText({ path, payload }: MadeSignoff): string {
  return escapeTerminal(`${payload.person} signed ${payload.rule} as ${payload.role} (${payload.decision}): ${path}, staged for the next commit`);
}

function named(paths: readonly ShownPath[]): string {
  const names = paths.map((path) => (typeof path === 'string' ? path : path.b64));
  return names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ');
}
