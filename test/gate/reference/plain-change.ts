import {
  type Difference,
  differences,
  type HistoryReader,
  type Tree,
  type WrittenCommit,
} from './read-history.ts';
import { type Authors, authorsOf } from './plain-authors.ts';
import { digestOf } from './plain-digest.ts';
import { lastTakenOff } from './plain-served.ts';
import { governs, isSignedName, type PlainRule, rulesOf, type Terms } from './read-policy.ts';

export const day = 86_400_000;

/** What would land, and by which commits. `why` collects what is wrong with it whatever the rule. */
export type Change = {
  readonly reader: HistoryReader;
  readonly tip: string;
  readonly before: Tree;
  readonly after: Tree;
  /** What the head has, whatever the target brings to it. */
  readonly head: Tree;
  readonly entries: readonly Difference[];
  readonly commits: readonly WrittenCommit[];
  readonly target: string;
  readonly now: Date;
  readonly why: string[];
  /** The head does not contain the tip. */
  readonly behind: boolean;
};

/** A rule's part of a change. */
export type Scope = {
  readonly rule: PlainRule;
  readonly part: readonly Difference[];
  readonly digest: string;
  readonly takenOff: number | null;
  readonly authors: Authors;
};

/** What a head would bring to a tip. */
export async function changeOf(
  reader: HistoryReader,
  {
    tip,
    head,
    target,
    now,
  }: { readonly tip: string; readonly head: string; readonly target: string; readonly now: Date },
): Promise<Change> {
  const why: string[] = [];
  const before = await reader.tree(tip);
  const [mine, theirs] = [await reader.ancestors(head), await reader.ancestors(tip)];
  const merge = mine.has(tip) ? null : await reader.merged(tip, head);
  if (merge !== null && merge.conflicts.length > 0) why.push('conflict');
  const after = await reader.tree(merge === null || merge.conflicts.length > 0 ? head : merge.tree);
  const commits = await Promise.all(
    [...mine].filter((oid) => !theirs.has(oid)).map((oid) => reader.commit(oid)),
  );
  return {
    reader,
    tip,
    before,
    after,
    head: await reader.tree(head),
    entries: differences(before, after),
    commits,
    target,
    now,
    why,
    behind: merge !== null,
  };
}

/** The parts of a change that the rules of a policy govern. */
export async function scopesOf(
  change: Change,
  terms: Terms,
  revoked: ReadonlySet<string>,
): Promise<readonly Scope[]> {
  const rules = rulesOf(terms.policy);
  return Promise.all(
    rules.map(async (rule) => {
      const part = change.entries.filter(({ path }) => governs(rule, rules, path));
      return {
        rule,
        part,
        digest: await digestOf(change.reader, part),
        takenOff: await lastTakenOff(change.reader, change.tip, part, change.now),
        authors: await authorsOf(
          {
            rule,
            rules,
            part,
            commits: change.commits,
            reader: change.reader,
            landing: change.behind
              ? { parents: [change.before, change.head], tree: change.after }
              : null,
          },
          terms,
          revoked,
          change.now,
        ),
      };
    }),
  );
}

/** Only sign-offs and exceptions lie in their folders. */
export function misplaced({ entries }: Change): readonly string[] {
  return entries
    .filter(
      ({ path, after }) =>
        after !== null &&
        /^\.countersign\/(signoffs|exceptions)\//i.test(path) &&
        (!isSignedName(path) || after.mode === '160000'),
    )
    .map(({ path }) => `stray ${path}`);
}

const isEvent = (path: string): boolean =>
  /^\.countersign\/reviews\/[^/]+\/[^/]+\.yaml$/.test(path);

/** Signed records and events of reviews are only ever added: in no commit, and between the two ends, is one edited or lost. */
export function altered({ entries, commits, after }: Change): readonly string[] {
  return [...entries, ...commits.flatMap(({ did }) => did)]
    .filter(
      (one) =>
        (isSignedName(one.path) || isEvent(one.path)) &&
        (one.before !== null || (one.after !== null && after.get(one.path)?.oid !== one.after.oid)),
    )
    .map(({ path }) => `altered ${path}`);
}
