import { type JudgedException, judgeException } from '../core/gate/exceptions.ts';
import {
  type JudgedSignoff,
  judgeSignoff,
  type SignableRule,
  type TreeFile,
} from '../core/gate/judged-signoff.ts';
import { parseSignoffPath } from '../core/gate/signoff-path.ts';
import type { JudgedFiles } from './check-signoffs.ts';
import { supposedTerms } from './landed-terms.ts';
import type { Repository } from './repository.ts';
import { type RuledChange, scopesOf } from './ruled-change.ts';

type Known = {
  /** The same files by today's policy and keys. */
  readonly today: JudgedFiles;
  /** Path at the tip of each payload that has landed. */
  readonly landedIds: ReadonlyMap<string, string>;
};

/**
 * Landed signed files by the policy, the keys and the time of their landing, where today's say anything else than that they
 * are valid or about other bytes. Left out are those of which the policy of then cannot be read.
 */
export async function asLanded(
  repository: Repository,
  ruled: RuledChange,
  files: readonly TreeFile[],
  { today, landedIds }: Known,
): Promise<ReadonlyMap<string, JudgedSignoff | JudgedException>> {
  const silent = new Map(
    [...today.signoffs, ...today.exceptions]
      .filter(({ landed, state }) => landed && state !== 'valid' && state !== 'stale')
      .map(({ file, id }) => [file, landedIds.get(id ?? '') ?? file]),
  );
  const found = new Map<string, JudgedSignoff | JudgedException>();
  for (const file of files) {
    const place = silent.get(file.path);
    const judged = place === undefined ? null : await judgeAsLanded(repository, ruled, file, place);
    if (judged !== null) found.set(file.path, judged);
  }
  return found;
}

/** @param place where it lies at the tip: a copy of it landed with that one */
async function judgeAsLanded(
  repository: Repository,
  ruled: RuledChange,
  file: TreeFile,
  place: string,
): Promise<JudgedSignoff | JudgedException | null> {
  const terms = await supposedTerms(repository, ruled, place);
  if (terms === null) return null;
  const { target } = ruled.change;
  const name = parseSignoffPath(file.path);
  if (name === null) return judgeException(file, true, { ...terms, target, digests: new Map() });
  const known = scopesOf(terms.policy).some(({ rule }) => rule.id === name.rule);
  const signable: SignableRule = {
    id: name.rule,
    digest: '',
    entries: [],
    checklist: undefined,
    maxAgeDays: undefined,
  };
  return judgeSignoff(file, true, {
    ...terms,
    target,
    rules: known ? new Map([[name.rule, signable]]) : new Map(),
    approved: { known: new Map(), mayBeGone: true },
  });
}
