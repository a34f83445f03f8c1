import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { day } from './plain-change.ts';
import type { HistoryReader, Tree } from './read-history.ts';
import { passes, type ResultAsked } from './plain-result.ts';
import { type Demand, globMatches } from './read-policy.ts';

/** A record as it lies in a tree. */
// biome-ignore lint/suspicious/noExplicitAny: the plain reading looks at records as they come
type Filed = { readonly path: string; readonly sha256: string; readonly record: any };
export type Decided = Filed & { readonly covers: (file: string) => boolean };

/** What is asked of evidence: about which files, under which policy, and whether a file was listed as it is by those who count. */
export type Asked = ResultAsked & {
  readonly files: readonly string[];
  readonly decisions: readonly Decided[];
  /** As they lie on the target. */
  readonly stood: readonly Decided[];
  readonly cited: (file: Filed) => boolean;
};

async function filed(
  reader: HistoryReader,
  tree: Tree,
  pattern: RegExp,
): Promise<readonly Filed[]> {
  const paths = [...tree.keys()].filter((path) => pattern.test(path));
  return Promise.all(
    paths.map(async (path) => {
      const text = (await reader.text(tree, path)) ?? '';
      return { path, sha256: createHash('sha256').update(text).digest('hex'), record: parse(text) };
    }),
  );
}

export async function decisionsOf(reader: HistoryReader, tree: Tree): Promise<readonly Decided[]> {
  return (await filed(reader, tree, /^\.countersign\/decisions\/[^/]+\.yaml$/)).map((one) => {
    const globs: readonly string[] = one.record.governs ?? [];
    const anchors: readonly { readonly path: string }[] = one.record.trail?.code ?? [];
    return {
      ...one,
      // Nobody can name a path that is not UTF-8, so no decision stands over it; read as text it holds this character.
      covers: (file: string) =>
        !file.includes('\ufffd') &&
        (anchors.some((anchor) => anchor.path === file) ||
          globs.some((glob) => globMatches(glob, file))),
    };
  });
}

export const isLiving = ({ record }: Decided): boolean =>
  ['proposed', 'in-review', 'accepted', 'shipped'].includes(record.status);

/** Whether a demand of a rule is met by what the approvals that count list. */
export async function isProven(demand: Demand, asked: Asked): Promise<boolean> {
  const { files, decisions, change, cited } = asked;
  if (demand.kind === 'decision')
    return files.every((file) =>
      decisions.some(
        (one) =>
          (demand.status ?? ['accepted']).includes(one.record.status) &&
          one.covers(file) &&
          cited(one),
      ),
    );
  for (const file of files) {
    const over = decisions.filter((one) => isLiving(one) && one.covers(file));
    // One that asks for no measurement says nothing of one; who signed need not have seen it.
    const speaks = ({ record }: Decided): boolean =>
      demand.kind !== 'result' || record.evaluations?.length > 0;
    const brought = over.filter(
      (one) => speaks(one) && change.entries.some((entry) => entry.path === one.path),
    );
    const looked = brought.length > 0 ? brought : over;
    const good: Decided[] = [];
    for (const one of looked) if (await says(demand, one, asked)) good.push(one);
    const all = brought.length > 0 || demand.kind === 'review';
    if (all && good.length < looked.length) return false;
    if (!good.some(cited)) return false;
    const isNew = brought.length > 0;
    if (!(await isLeftGood(demand, file, isNew, asked))) return false;
  }
  return true;
}

/** Whether nothing is left behind of what stood over a file on the target: threads, and an evaluation beside those that the change brings. */
async function isLeftGood(
  demand: Demand,
  file: string,
  isNew: boolean,
  asked: Asked,
): Promise<boolean> {
  const { stood, decisions } = asked;
  const then = stood.filter((one) => isLiving(one) && one.covers(file));
  if (demand.kind === 'review') {
    const gone = [...stood, ...decisions].filter(
      (one) => one.record.status === 'superseded' && one.covers(file),
    );
    for (const one of [...then, ...gone]) if (!(await isReviewed(one, asked))) return false;
  }
  if (demand.kind !== 'result' || !isNew) return true;
  const named = then.flatMap((one): readonly string[] => one.record.evaluations ?? []);
  for (const evaluation of named)
    if (await passes(evaluation, demand.max_age_days, asked)) return true;
  return named.length === 0;
}

/** Whether one decision says what is demanded. */
async function says(demand: Demand, one: Decided, asked: Asked): Promise<boolean> {
  const {
    policy,
    change: { now },
  } = asked;
  const { rollback, rollout, escalation } = one.record;
  const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
  switch (demand.kind) {
    case 'rollback': {
      if (!isText(rollback?.plan) || policy.people[rollback.owner] === undefined) return false;
      const ago = now.getTime() - Date.parse(`${rollback.rehearsed_at}T00:00:00Z`);
      return (
        demand.rehearsed_within_days === undefined ||
        (ago >= 0 && ago <= demand.rehearsed_within_days * day)
      );
    }
    case 'rollout':
      return demand.kinds?.includes(rollout?.kind) === true;
    case 'escalation':
      return [escalation?.when].flat().some(isText);
    case 'feedback':
      return (await itemsOf(one, demand, asked)) >= (demand.count ?? 1);
    case 'result': {
      const named: readonly string[] = one.record.evaluations ?? [];
      for (const evaluation of named)
        if (!(await passes(evaluation, demand.max_age_days, asked))) return false;
      return named.length > 0;
    }
    case 'review':
      return isReviewed(one, asked);
    default:
      throw new Error(`the plain reading knows nothing of ${demand.kind}`);
  }
}

/** How many items of people's feedback a decision rests on, whose consent covers the use. */
async function itemsOf(
  { record }: Decided,
  { scope = [] }: Demand,
  { change: { reader, after, now }, cited }: Asked,
): Promise<number> {
  const named: readonly string[] = record.feedback ?? [];
  const items = await filed(reader, after, /^\.countersign\/feedback\/[^/]+\.yaml$/);
  return items.filter((item) => {
    const { id, consent, rater, status } = item.record;
    if (
      !named.includes(id) ||
      !cited(item) ||
      (rater?.kind ?? 'person') !== 'person' ||
      status === 'duplicate' ||
      status === 'declined'
    )
      return false;
    const covers = scope.length === 0 || scope.every((use) => consent?.scope?.includes(use));
    return (
      covers &&
      (consent?.expires === undefined ||
        Date.parse(`${consent.expires}T00:00:00Z`) + day > now.getTime())
    );
  }).length;
}

/** Whether no thread about a decision is open, and no finding overdue. Only what landed or is listed may close one. */
export async function isReviewed(
  { record }: Decided,
  { change: { reader, before, after, now }, cited }: Pick<Asked, 'change' | 'cited'>,
): Promise<boolean> {
  const events = (
    await filed(reader, after, /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/)
  ).filter((event) => event.path.split('/')[2] === record.id && event.record.record === record.id);
  const open = new Map<string, number>();
  for (const event of [...events].sort(
    (a, b) => Date.parse(a.record.at) - Date.parse(b.record.at),
  )) {
    const { thread, type, due } = event.record;
    if (type === 'comment' || type === 'reopen') open.set(thread, 0);
    if (type === 'finding')
      open.set(thread, due === undefined ? 0 : Date.parse(`${due}T00:00:00Z`) + day);
    if (type === 'resolve') open.set(thread, 0);
    // What closes it has landed, or was seen by those who sign; of a thread that began elsewhere too.
    if (type === 'resolve' && (before.has(event.path) || cited(event))) open.delete(thread);
  }
  return [...open.values()].every((until) => until > now.getTime());
}
