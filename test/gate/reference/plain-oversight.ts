import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import type { Authors } from './plain-authors.ts';
import type { Difference, HistoryReader, Tree } from './read-history.ts';
import { globMatches, type PlainRule } from './read-policy.ts';
import type { SignedFile } from './read-signed.ts';

const ranks = ['low', 'medium', 'high', 'critical'];

type Judged = { readonly rule: PlainRule; readonly part: readonly Difference[]; readonly authors: Authors };
type Trees = { readonly reader: HistoryReader; readonly before: Tree; readonly after: Tree };

export type Oversight = { readonly open: boolean; readonly fitting: readonly SignedFile[]; readonly asksNobody: boolean };

/** Tries the circumstances that the decisions state, and, where those who would be enough did not sign for them, the worst. */
export async function oversightOf({ rule, part, authors }: Judged, approvals: readonly SignedFile[], { reader, before, after }: Trees): Promise<Oversight> {
  const files = part.map(({ path }) => Buffer.from(path, 'latin1').toString('utf8'));
  const [now, then] = [await decisionsOf(reader, after), await decisionsOf(reader, before)];
  const living = (list: readonly Decided[], file: string): readonly Decided[] => list.filter(({ record, covers }) => ['proposed', 'in-review', 'accepted', 'shipped'].includes(record.status) && covers(file));
  const bare = rule.builtIn === true || files.some((file) => living(now, file).length === 0);
  const covering = files.flatMap((file) => [...living(now, file), ...living(then, file)]);
  const phases = covering.map(({ record }) => record.phase);
  const stated = bare ? { risk: 3, phases: null } : { risk: Math.max(...covering.map(({ record }) => ranks.indexOf(record.risk))), phases: phases.includes(undefined) ? null : new Set(phases) };
  const look = (at: typeof stated): Oversight & { readonly full: boolean; readonly signedFor: boolean } => {
    const applies = (demand: { readonly from_risk?: string; readonly phase?: string }): boolean => (demand.from_risk === undefined || at.risk >= ranks.indexOf(demand.from_risk)) && (demand.phase === undefined || at.phases === null || at.phases.has(demand.phase));
    const needs = rule.require.filter(applies).flatMap((need) => Array.from({ length: need.count ?? 1 }, () => need));
    const fits = (need: (typeof needs)[number], one: SignedFile): boolean => one.payload.role === need.role && !(need.independent === true && authors.persons.has(one.payload.person));
    const seats = bestSeats(needs, approvals, fits);
    const counted = seats.flatMap((seat) => seat ?? []);
    const aloof = counted.filter(({ payload }) => !authors.persons.has(payload.person));
    const citing = aloof.length > 0 || rule.require.filter(applies).some(({ independent }) => independent === true) ? aloof : counted;
    const cited = ({ path, sha256 }: Decided): boolean => citing.length > 0 && citing.every(({ payload }) => payload.evidence.some((item: { path: string; sha256: string }) => item.path === path && item.sha256 === sha256));
    const proven = (rule.evidence ?? []).filter(applies).every((demand) => demand.kind === 'decision' && files.every((file) => now.some((one) => (demand.status ?? ['accepted']).includes(one.record.status) && one.covers(file) && cited(one))));
    const full = seats.every((seat) => seat !== null);
    const fitting = approvals.filter((one) => rule.require.filter(applies).some((need) => fits(need, one)));
    const nobodyWrote = authors.persons.size === 0 && [...authors.strangers].every((email) => !fitting.some(({ payload }) => (payload.vouches ?? []).some((other: string) => other.toLowerCase() === email.toLowerCase())));
    const lonely = nobodyWrote && counted.length > 0 && new Set(fitting.map(({ payload }) => payload.person)).size < 2;
    return { open: !full || !proven || lonely, full, signedFor: files.every((file) => living(now, file).some(cited)), fitting, asksNobody: needs.length === 0 };
  };
  const first = look(stated);
  const graded = [...rule.require, ...(rule.evidence ?? [])].some(({ from_risk, phase }) => from_risk !== undefined || phase !== undefined);
  return graded && rule.builtIn !== true && first.full && !first.signedFor ? look({ risk: 3, phases: null }) : first;
}

/** Tries every way of giving places to persons, each person one at most, and takes one that fills most. */
function bestSeats<Need>(needs: readonly Need[], approvals: readonly SignedFile[], fits: (need: Need, one: SignedFile) => boolean, taken: readonly string[] = []): readonly (SignedFile | null)[] {
  const [need, ...rest] = needs;
  if (need === undefined) return [];
  const ways = approvals.filter((one) => fits(need, one) && !taken.includes(one.payload.person)).map((one) => [one, ...bestSeats(rest, approvals, fits, [...taken, one.payload.person])]);
  ways.push([null, ...bestSeats(rest, approvals, fits, taken)] as never);
  const filled = (way: readonly (SignedFile | null)[]): number => way.filter((seat) => seat !== null).length;
  return ways.reduce((best, way) => (filled(way) > filled(best) ? way : best));
}

type Decided = { readonly path: string; readonly sha256: string; readonly record: { readonly status: string; readonly risk: string; readonly phase?: string }; readonly covers: (file: string) => boolean };

async function decisionsOf(reader: HistoryReader, tree: Tree): Promise<readonly Decided[]> {
  const paths = [...tree.keys()].filter((path) => /^\.countersign\/decisions\/[^/]+\.yaml$/.test(path));
  return Promise.all(paths.map(async (path) => {
    const text = (await reader.text(tree, path)) ?? '';
    const record = parse(text);
    const globs: readonly string[] = record.governs ?? [];
    const anchors: readonly { readonly path: string }[] = record.trail?.code ?? [];
    return { path, sha256: createHash('sha256').update(text).digest('hex'), record, covers: (file: string) => anchors.some((anchor) => anchor.path === file) || globs.some((glob) => globMatches(glob, file)) };
  }));
}
