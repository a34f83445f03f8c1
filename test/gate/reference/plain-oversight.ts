import type { Authors } from './plain-authors.ts';
import type { Change } from './plain-change.ts';
import { type Decided, decisionsOf, isLiving, isProven } from './plain-evidence.ts';
import type { Difference } from './read-history.ts';
import type { Need, PlainPolicy, PlainRule } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

const ranks = ['low', 'medium', 'high', 'critical'];

type Judged = {
  readonly rule: PlainRule;
  readonly part: readonly Difference[];
  readonly authors: Authors;
};

/** `full`: all places are taken, by two persons where nobody wrote it; `proven`: the evidence is there and cited. */
export type Oversight = {
  readonly full: boolean;
  readonly proven: boolean;
  readonly fitting: readonly SignedFile[];
  readonly asksNobody: boolean;
};

/** Tries the circumstances that the decisions state, and, where those who would be enough did not sign for them, the worst. */
export async function oversightOf(
  { rule, part, authors }: Judged,
  approvals: readonly SignedFile[],
  policy: PlainPolicy,
  change: Change,
): Promise<Oversight> {
  const { reader, before, after } = change;
  const files = part.map(({ path }) => Buffer.from(path, 'latin1').toString('utf8'));
  const [now, then] = [await decisionsOf(reader, after), await decisionsOf(reader, before)];
  const living = (list: readonly Decided[], file: string): readonly Decided[] =>
    list.filter((one) => isLiving(one) && one.covers(file));
  const bare =
    rule.builtIn === true ||
    files.length === 0 ||
    files.some((file) => living(now, file).length === 0);
  const covering = files.flatMap((file) => [...living(now, file), ...living(then, file)]);
  const phases = covering.map(({ record }) => record.phase);
  const stated = bare
    ? { risk: 3, phases: null }
    : {
        risk: Math.max(...covering.map(({ record }) => ranks.indexOf(record.risk))),
        phases: phases.includes(undefined) ? null : new Set(phases),
      };
  const place = { rule, authors, files, now, then, living, approvals, policy, change };
  const first = await look(place, stated);
  const graded = [...rule.require, ...(rule.evidence ?? [])].some(
    ({ from_risk, phase }) => from_risk !== undefined || phase !== undefined,
  );
  return graded && rule.builtIn !== true && first.seated && !first.signedFor
    ? look(place, { risk: 3, phases: null })
    : first;
}

type Place = Pick<Judged, 'rule' | 'authors'> & {
  readonly files: readonly string[];
  readonly now: readonly Decided[];
  readonly then: readonly Decided[];
  readonly living: (list: readonly Decided[], file: string) => readonly Decided[];
  readonly approvals: readonly SignedFile[];
  readonly policy: PlainPolicy;
  readonly change: Change;
};

type Circumstances = { readonly risk: number; readonly phases: ReadonlySet<unknown> | null };

async function look(
  { rule, authors, files, now, then, living, approvals, policy, change }: Place,
  at: Circumstances,
): Promise<Oversight & { readonly seated: boolean; readonly signedFor: boolean }> {
  const applies = (demand: { readonly from_risk?: string; readonly phase?: string }): boolean =>
    (demand.from_risk === undefined || at.risk >= ranks.indexOf(demand.from_risk)) &&
    (demand.phase === undefined || at.phases === null || at.phases.has(demand.phase));
  const needs = rule.require
    .filter(applies)
    .flatMap((need) => Array.from({ length: need.count ?? 1 }, () => need));
  const fits = (need: Need, one: SignedFile): boolean =>
    one.payload.role === need.role &&
    (need.accept ?? ['key']).includes(one.payload.via === undefined ? 'key' : 'forge') &&
    isPresent(need, one) &&
    !(need.independent === true && authors.persons.has(one.payload.person));
  const seats = bestSeats(needs, approvals, fits);
  const counted = seats.flatMap((seat) => seat ?? []);
  const aloof = counted.filter(({ payload }) => !authors.persons.has(payload.person));
  const citing =
    aloof.length > 0 || rule.require.filter(applies).some(({ independent }) => independent === true)
      ? aloof
      : counted;
  const cited = (file: Listed): boolean =>
    citing.length > 0 && citing.every(({ payload }) => lists(payload, file));
  const listedAt = (file: Listed): number | null =>
    cited(file)
      ? Math.min(
          ...counted
            .filter(({ payload }) => lists(payload, file))
            .map(({ payload }) => Date.parse(payload.signed_at)),
        )
      : null;
  const asked = { rule, listedAt, files, decisions: now, stood: then, policy, change, cited };
  const proven = (
    await Promise.all(
      (rule.evidence ?? []).filter(applies).map((demand) => isProven(demand, asked)),
    )
  ).every(Boolean);
  const full = seats.every((seat) => seat !== null);
  const fitting = approvals.filter((one) =>
    rule.require.filter(applies).some((need) => fits(need, one)),
  );
  const lonely = counted.length > 0 && isOneAlone(authors, fitting);
  return {
    full: full && !lonely,
    proven,
    seated: full,
    signedFor: files.every((file) => living(now, file).some(cited)),
    fitting,
    asksNobody: needs.length === 0,
  };
}

type Listed = { readonly path: string; readonly sha256: string };

function lists({ evidence }: SignedFile['payload'], { path, sha256 }: Listed): boolean {
  return evidence.some((item: Listed) => item.path === path && item.sha256 === sha256);
}

/** Whether nobody wrote it, as far as is known, and one person alone looks. */
function isOneAlone(authors: Authors, fitting: readonly SignedFile[]): boolean {
  const nobodyWrote =
    authors.persons.size === 0 &&
    [...authors.strangers].every(
      (email) =>
        !fitting.some(({ payload }) =>
          (payload.vouches ?? []).some(
            (other: string) => other.toLowerCase() === email.toLowerCase(),
          ),
        ),
    );
  return nobodyWrote && new Set(fitting.map(({ payload }) => payload.person)).size < 2;
}

/** Whether somebody was there when the key signed, where that is asked for: touched it, or was known to it as well. */
function isPresent({ presence }: Need, { flags, payload }: SignedFile): boolean {
  const asked = presence === 'touch' ? 1 : 5;
  const wanted = presence === undefined ? 0 : asked;
  return (
    wanted === 0 || (payload.via === undefined && flags !== null && (flags & wanted) === wanted)
  );
}

/** Tries every way of giving places to persons, each person one at most, and takes one that fills most. */
function bestSeats<Need>(
  needs: readonly Need[],
  approvals: readonly SignedFile[],
  fits: (need: Need, one: SignedFile) => boolean,
  taken: readonly string[] = [],
): readonly (SignedFile | null)[] {
  const [need, ...rest] = needs;
  if (need === undefined) return [];
  const ways = approvals
    .filter((one) => fits(need, one) && !taken.includes(one.payload.person))
    .map((one) => [one, ...bestSeats(rest, approvals, fits, [...taken, one.payload.person])]);
  ways.push([null, ...bestSeats(rest, approvals, fits, taken)] as never);
  const filled = (way: readonly (SignedFile | null)[]): number =>
    way.filter((seat) => seat !== null).length;
  return ways.reduce((best, way) => (filled(way) > filled(best) ? way : best));
}
