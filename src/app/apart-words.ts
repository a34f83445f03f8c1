import type { Finding } from '../core/finding/finding.ts';
import type { JudgedException } from '../core/gate/exceptions.ts';
import type { GatePolicy } from '../core/gate/gate-policy.ts';
import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import type { Change } from './change.ts';
import { hasLanded } from './landed-change.ts';
import type { Git } from './ports.ts';
import type { ScopedRule } from './ruled-change.ts';

/** What a change brings of signed words, and what lies at the tip already. */
type Words = {
  readonly brought: readonly (JudgedSignoff | JudgedException)[];
  /** Path at the tip of each payload that has landed. */
  readonly landedIds: ReadonlyMap<string, string>;
  readonly policy: GatePolicy;
};

/**
 * Words that would land before the change that they name. An approval that lies at the tip serves no more, so that whoever
 * landed it early would void it; a sign-off lands with its change or after it. Left alone are words of a rule whose files
 * land, since a branch brings its own stale ones along, those of another branch, and a withdrawal of what lies at the tip.
 */
export async function apartFindings(
  git: Git,
  change: Change,
  rules: readonly ScopedRule[],
  { brought, landedIds, policy }: Words,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const word of brought)
    if (!landsWithIts(word, change, rules, landedIds) && !(await isLate(git, change, word, policy)))
      found.push(apart(word));
  return found;
}

function landsWithIts(
  { payload, ...word }: JudgedSignoff | JudgedException,
  { target, entries }: Change,
  rules: readonly ScopedRule[],
  landedIds: ReadonlyMap<string, string>,
): boolean {
  if (payload === null || payload.target !== target || word.state === 'forged') return true;
  const own = rules.filter(({ rule }) => rule.id === payload.rule);
  if (own.some(({ raw, change }) => raw.length > 0 || change.digest === payload.digest))
    return true;
  if (!('decision' in payload)) return false;
  if (payload.decision === 'withdraw' && landedIds.has(payload.replaces ?? '')) return true;
  // A rule that is gone or renamed: its files still tell what the word is about.
  const landing = new Set(entries.map(({ path }) => path.text));
  return (
    own.length === 0 &&
    (payload.manifest ?? []).some(([path]) => typeof path === 'string' && landing.has(path))
  );
}

async function isLate(
  git: Git,
  { tip }: Change,
  { file, payload }: JudgedSignoff | JudgedException,
  policy: GatePolicy,
): Promise<boolean> {
  return (
    payload !== null &&
    'decision' in payload &&
    (await hasLanded(git, tip, { file, payload }, policy))
  );
}

function apart({ file, payload }: JudgedSignoff | JudgedException): Finding {
  const isException = payload !== null && !('decision' in payload);
  return {
    code: isException ? 'exception/apart' : 'signoff/apart',
    severity: 'error',
    message: `${payload?.person} signed this for a change of ${payload?.rule} that does not land here and has not landed: on the target it would serve no more, and the change would need it anew`,
    path: file,
    line: 4,
    column: 1,
    fix: 'let the file land with the change that it names: take it out of the history of this branch (git rebase)',
  };
}
