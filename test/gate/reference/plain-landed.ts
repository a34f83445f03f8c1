import { differences, type HistoryReader } from './read-history.ts';
import { digestOf } from './plain-digest.ts';
import { isTheirs } from './plain-exceptions.ts';
import { governs, type PlainRule, rulesOf, type Terms, termsOf } from './read-policy.ts';
import { readSigned } from './read-signed.ts';

/** A point on the target's line of first parents, newest first. */
export type Point = { readonly oid: string; readonly time: number };

/** What stood where a signed file came in, and when that was: the latest time that is claimed from there back. */
export type Landing = { readonly at: number; readonly time: number; readonly terms: Terms | null };

/** Finds where a file came in: the line is gone back to where it lies, and on until it is not there as it is. */
export async function landingOf(
  reader: HistoryReader,
  line: readonly Point[],
  path: string,
  oid: string,
): Promise<Landing> {
  const lies = async (at: number): Promise<boolean> =>
    at < line.length && (await reader.tree((line[at] as Point).oid)).get(path)?.oid === oid;
  let at = 0;
  while (at + 1 < line.length && !(await lies(at))) at++;
  while (await lies(at + 1)) at++;
  const time = Math.max(...line.slice(at).map((point) => point.time));
  const before = line[at + 1];
  return {
    at,
    time,
    terms: before === undefined ? null : await termsOf(reader, await reader.tree(before.oid)),
  };
}

/**
 * Points of the line whose policy and keys may be trusted to free somebody: today's, and those that a landed change of the
 * policy did away with, to which as many admins agreed as it took, all known to a policy that is trusted.
 */
export async function trustedPoints(
  reader: HistoryReader,
  line: readonly Point[],
  today: Terms,
): Promise<ReadonlySet<number>> {
  const trees = await Promise.all(line.map(({ oid }) => reader.tree(oid)));
  const rule = rulesOf(today.policy).find(({ id }) => id === 'policy-change') as PlainRule;
  const states = trees.map((tree) =>
    [...tree]
      .filter(([path]) => governs(rule, [], path))
      .map(([path, { mode, oid }]) => `${mode} ${oid} ${path}`)
      .join('\n'),
  );
  const trusted = new Set(states.flatMap((state, at) => (state === states[0] ? [at] : [])));
  for (let grown = true; grown; ) {
    grown = false;
    for (let old = 0; old < line.length; old++) {
      if (trusted.has(old)) continue;
      for (const by of [...trusted].filter((one) => one < old)) {
        if (!(await isAgreed(reader, line, { rule, old, by, today }))) continue;
        for (const [at, state] of states.entries()) if (state === states[old]) trusted.add(at);
        grown = true;
        break;
      }
    }
  }
  return trusted;
}

/** Whether as many admins as it took, known to a later policy, agreed to what became of an older one. */
async function isAgreed(
  reader: HistoryReader,
  line: readonly Point[],
  {
    rule,
    old,
    by,
    today,
  }: { readonly rule: PlainRule; readonly old: number; readonly by: number; readonly today: Terms },
): Promise<boolean> {
  const [from, to] = [
    await reader.tree((line[old] as Point).oid),
    await reader.tree((line[by] as Point).oid),
  ];
  const [then, judge] = [await termsOf(reader, from), await termsOf(reader, to)];
  if (then === null || judge === null) return false;
  const digest = await digestOf(
    reader,
    differences(from, to).filter(({ path }) => governs(rule, [], path)),
  );
  const agreed = new Set<string>();
  for (const [path, { mode, oid }] of await reader.tree((line[0] as Point).oid)) {
    if (
      !path.startsWith('.countersign/signoffs/policy-change/') ||
      !path.includes(`.${digest.slice(3, 15)}.`)
    )
      continue;
    const { time } = await landingOf(reader, line, path, oid);
    const { payload, principal, worth } = await readSigned(
      { path, text: (await reader.blob(oid)).toString('utf8'), mode, landed: true },
      judge,
      today.revoked,
      new Date(time),
    );
    if (
      worth === 'good' &&
      isTheirs(payload, principal, judge.policy) &&
      payload.digest === digest &&
      payload.decision === 'approve' &&
      judge.policy.roles['policy-admin']?.includes(payload.person) === true
    )
      agreed.add(payload.person);
  }
  return agreed.size >= (then.policy.policy_change?.count ?? 2);
}
