import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as z from 'zod';
import { CountersignError } from '../app/errors.ts';
import { targetRef } from '../app/revisions.ts';
import type { AuditResult } from '../core/gate/audit-result.ts';
import { writeWhole } from '../node/files.ts';

/** The file that `audit --state` keeps. */
export const auditState = z.strictObject({
  schema: z.literal('countersign/audit-state@1'),
  target: z.string().startsWith('refs/heads/'),
  tip: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
});

/** What the last good audit found: a branch and the tip that it had. */
export type AuditState = z.infer<typeof auditState>;

/** Reads the file of an earlier audit of a target, or of whichever it was; null where there is none yet. */
export async function auditedBefore(
  cwd: string,
  file: string,
  target: string | undefined,
): Promise<AuditState | null> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CountersignError(
      'audit/state',
      `the state of the last audit cannot be read from ${file}: ${error.message}`,
      'name a file that an earlier audit wrote, or one that is not there yet',
    );
  });
  if (text === null) return null;
  const state = parseState(file, text);
  if (target !== undefined && state.target !== targetRef(target))
    throw new CountersignError(
      'audit/state',
      `${file} is of ${state.target}, not of ${targetRef(target)}`,
      'keep a file for each target',
    );
  return state;
}

function parseState(file: string, text: string): AuditState {
  try {
    return auditState.parse(JSON.parse(text));
  } catch {
    throw new CountersignError(
      'audit/state',
      `${file} is not the state of an audit`,
      'name a file that an earlier audit wrote; to begin anew, remove it',
    );
  }
}

/** Writes where a good audit ended, so that the next begins there and sees whether history was rewritten. */
export async function rememberAudit(
  cwd: string,
  file: string,
  { target, tip }: AuditResult,
): Promise<void> {
  const state: AuditState = { schema: 'countersign/audit-state@1', target, tip };
  await writeWhole(resolve(cwd, file), new TextEncoder().encode(`${JSON.stringify(state)}\n`));
}
