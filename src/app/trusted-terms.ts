import { judgeSignoff, type SignoffContext } from '../core/gate/judged-signoff.ts';
import { hasRole } from '../core/gate/people.ts';
import { policyChange } from '../core/gate/scope.ts';
import { isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { isAuthentic } from '../core/gate/standing.ts';
import { broughtBy } from './brought-by.ts';
import { claimedSignoff } from './claimed-signoff.ts';
import { type FoundLanding, landingOf } from './landing-of.ts';
import { type Terms, termsAt, type TermsAt } from './landed-terms.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { type RuledChange, scopesOf } from './ruled-change.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

/** Terms that stood at the target's tip once, and the place on its first-parent history up to which all was judged by them or by older ones. */
type TrustedTerms = TermsAt & { readonly place: number };

/** `since` gives those by which a landed file could have been judged since it came, newest first. */
export type TrustedPast = { readonly since: (file: string) => Promise<readonly TrustedTerms[]> };

/**
 * The policies of before that people whom a trusted policy knows have signed away: each change of the policy that two of
 * its admins signed names what stood before it. A commit in the middle of a branch that landed by fast-forward is none of
 * these, whatever policy stands in it: by that nobody must be freed of anything. Newest first.
 *
 * @param today the terms of the tip
 */
export async function trustedPast(
  repository: Repository,
  { change, branch }: Pick<RuledChange, 'change' | 'branch'>,
  today: Terms,
): Promise<TrustedPast> {
  const { git } = repository;
  if (change.target !== branch.ref) return { since: async () => [] };
  const known = git.memory?.get(`trusted ${change.tip}`) as TrustedPast | undefined;
  if (known) return known;
  const chain = (await git.text(['rev-list', '--first-parent', '--reverse', change.tip])).split(
    '\n',
  );
  const places = new Map(chain.map((oid, place) => [oid, place]));
  const terms = await signedAway(repository, change, today, places);
  const past: TrustedPast = {
    since: async (file) => {
      if (terms.length === 0) return [];
      const [first] = await broughtBy(git, change.tip, file);
      const place = places.get(first ?? '') ?? Number.POSITIVE_INFINITY;
      return terms.filter((then) => then.place >= place);
    },
  };
  git.memory?.set(`trusted ${change.tip}`, past);
  return past;
}

async function signedAway(
  repository: Repository,
  { tip, target }: RuledChange['change'],
  today: Terms,
  places: ReadonlyMap<string, number>,
): Promise<readonly TrustedTerms[]> {
  const landings = await policyLandings(repository.git, tip, today);
  const order = (landing: FoundLanding): number => places.get(landing.after) ?? -1;
  const trusted: TrustedTerms[] = [];
  for (const { landing, files } of landings.toSorted(
    (a, b) => order(b.landing) - order(a.landing),
  )) {
    const place = places.get(landing.after);
    const signers = new Set(
      [today, ...trusted].flatMap((terms) => files.flatMap((file) => adminOf(file, target, terms))),
    );
    if (place === undefined || signers.size < (today.policy.policy_change?.count ?? 2)) continue;
    // Of the time at which it ended: what it was signed with is older.
    const terms = await termsAt(repository, landing.before, landing.after);
    if (terms !== null) trusted.push({ ...terms, place });
  }
  return trusted;
}

type PolicyLanding = { readonly landing: FoundLanding; readonly files: readonly ReadFile[] };

/** Landings of changes of the policy, by what sign-offs say of them: nothing in these is believed yet. */
async function policyLandings(
  git: Git,
  tip: string,
  { policy }: Terms,
): Promise<readonly PolicyLanding[]> {
  const part = scopesOf(policy).find(({ rule }) => rule.id === policyChange);
  const listed = (await listTree(git, tip, [`${signoffFolder}${policyChange}/`])).filter(
    ({ path }) => path.text !== null && isRecordPath(path.text),
  );
  const byDigest = new Map<string, ReadFile[]>();
  for (const file of await readTreeFiles(git, listed)) {
    const digest = file.bytes === null ? undefined : claimedSignoff(file.bytes)?.digest;
    if (digest !== undefined) byDigest.set(digest, [...(byDigest.get(digest) ?? []), file]);
  }
  const found: PolicyLanding[] = [];
  for (const [digest, files] of byDigest) {
    const landing =
      part === undefined || files[0] === undefined
        ? null
        : await landingOf(git, tip, files[0].path, { part, digest });
    if (landing !== null) found.push({ landing, files });
  }
  return found;
}

/** Who approved a change of the policy as an admin by some terms; nobody where the key is no good by them. */
function adminOf(
  { path, mode, bytes }: ReadFile,
  target: string,
  { policy, verify, now }: Terms,
): readonly string[] {
  const rules: SignoffContext['rules'] = new Map([
    [
      policyChange,
      { id: policyChange, digest: '', entries: [], checklist: undefined, maxAgeDays: undefined },
    ],
  ]);
  const judged = judgeSignoff({ path, mode, bytes: bytes ?? new Uint8Array() }, true, {
    policy,
    target,
    now,
    rules,
    approved: { known: new Map(), mayBeGone: false },
    verify,
  });
  if (!isAuthentic(judged) || judged.state !== 'stale' || judged.payload.decision !== 'approve')
    return [];
  return judged.payload.role === 'policy-admin' &&
    hasRole(policy, judged.payload.person, 'policy-admin')
    ? [judged.payload.person]
    : [];
}
