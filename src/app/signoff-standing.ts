import type { JudgedSignoff, SignoffState } from '../core/gate/judged-signoff.ts';
import { type SignoffPayload, viaOf } from '../core/gate/payload.ts';
import type { SignedOver } from '../core/graph/covering-signoffs.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { rejectReason } from '../core/gate/reject-reason.ts';
import { isAuthentic, successors } from '../core/gate/standing.ts';
import type { CheckedCondition } from '../core/gate/check-result.ts';
import { CountersignError } from './errors.ts';
import type { Repository } from './repository.ts';
import { readSignedHere } from './signed-here.ts';
import { unverifiedStanding } from './unverified-standing.ts';
import { type JudgedForStaged, judgeForStaged } from './verify.ts';

/** What a sign-off is worth for the bytes that are here. Everything but `file` and `why` comes from the verified payload. */
export type SignoffStanding = {
  readonly file: string;
  /** `unverified` where nobody could judge it here; `why` says why. */
  readonly state: SignoffState | 'unverified';
  readonly why: string | null;
  readonly person: string | null;
  readonly role: string | null;
  readonly rule: string | null;
  readonly decision: 'approve' | 'reject' | 'withdraw' | null;
  readonly signed_at: string | null;
  /** `forge:login` where the person approved on a forge and no key of theirs signed. */
  readonly via: string | null;
  /** Whether it lies at the target's tip: then it was signed for what landed. */
  readonly landed: boolean;
  /** File of a later sign-off of the same person that takes its place; null where none does. */
  readonly replaced_by: string | null;
  /** Files of which the bytes here are not those that were signed. */
  readonly moved: readonly ShownPath[];
  /** The files that its list names; `whole-change` where they were too many for one; null where nobody could verify it. */
  readonly covers: SignedOver;
  /** Why somebody rejected, in their own words. */
  readonly reason: string | null;
  readonly conditions: readonly Pick<CheckedCondition, 'text' | 'owner' | 'due' | 'state'>[];
};

/** Says of each sign-off file whether it stands for the bytes of the working tree. Where there is no policy to judge by, each is unverified. */
export async function standingOfSignoffs(
  repository: Repository,
  paths: readonly string[],
): Promise<readonly SignoffStanding[]> {
  if (paths.length === 0) return [];
  try {
    // Judged together: one may take the place of another.
    const {
      today: { signoffs, conditions },
      landed,
    } = await judgeForStaged(repository, await readSignedHere(repository, []));
    const wanted = new Set(paths);
    const later = successors(signoffs.filter(isAuthentic));
    return await Promise.all(
      signoffs
        .filter(({ file }) => wanted.has(file))
        .map((signoff) => standing(repository, shown(signoff, landed), later, conditions)),
    );
  } catch (error) {
    if (!(error instanceof CountersignError)) throw error;
    return paths.map((file) => unverifiedStanding(file, error.message));
  }
}

/**
 * A sign-off as it is shown: whoever rotates a key afterwards makes nothing untrue of what landed, and of age and of the
 * change of today nothing follows for it. A key that is revoked since is told of all the same.
 */
function shown(today: JudgedSignoff, landed: JudgedForStaged['landed']): JudgedSignoff {
  const then = landed.get(today.file);
  const known = then !== undefined && 'moved' in then && today.state !== 'revoked' ? then : today;
  const past =
    known.landed && (known.state === 'stale' || (known.state === 'expired' && known === today));
  return past ? { ...known, state: 'valid', moved: [], findings: [] } : known;
}

async function standing(
  repository: Repository,
  signoff: JudgedSignoff,
  later: ReturnType<typeof successors>,
  conditions: readonly CheckedCondition[],
): Promise<SignoffStanding> {
  const { file, payload, landed, id, findings } = signoff;
  const moved = payload === null ? [] : await movedHere(repository, payload, signoff.moved);
  const successor = id === null ? undefined : later.get(id);
  return {
    file,
    state: signoff.state === 'valid' && moved.length > 0 ? 'stale' : signoff.state,
    why: findings[0]?.message ?? null,
    person: payload?.person ?? null,
    role: payload?.role ?? null,
    rule: payload?.rule ?? null,
    decision: payload?.decision ?? null,
    signed_at: payload?.signed_at ?? null,
    via: payload === null ? null : viaOf(payload),
    landed,
    replaced_by: successor?.file ?? null,
    moved,
    covers: payload === null ? null : (payload.manifest?.map(([path]) => path) ?? 'whole-change'),
    reason: payload ? rejectReason(payload) : null,
    conditions: conditions
      .filter((condition) => condition.payload === id)
      .map(({ text, owner, due, state }) => ({ text, owner, due, state })),
  };
}

/** Signed files whose bytes in the working tree are others, and those that moved between what is staged and what was signed. */
async function movedHere(
  { files }: Repository,
  { manifest }: SignoffPayload,
  staged: readonly ShownPath[],
): Promise<readonly ShownPath[]> {
  const others: ShownPath[] = [];
  for (const [path, , , mode, content] of manifest ?? []) {
    // Links and submodules have no bytes of their own here; of a path that is not UTF-8 no file can be asked for.
    if (typeof path !== 'string' || (mode !== '100644' && mode !== '100755' && content !== '-'))
      continue;
    if ((await files.sha256(path).catch(() => null)) !== (content === '-' ? null : content))
      others.push(path);
  }
  return [...others, ...staged.filter((path) => !others.includes(path))];
}
