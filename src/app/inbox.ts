import type { GatePolicy } from '../core/gate/gate-policy.ts';
import { identities } from '../core/gate/people.ts';
import { matchesAny } from '../core/gate/scope.ts';
import { compareItems, type Inbox, type InboxItem } from '../core/inbox/inbox-item.ts';
import { waitingFeedback } from '../core/inbox/waiting-feedback.ts';
import {
  type JudgedBranch,
  waitingConditions,
  waitingSignoffs,
} from '../core/inbox/waiting-signoffs.ts';
import { waitingThreads } from '../core/inbox/waiting-threads.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import type { Triage } from '../core/records/triage.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { reviewThreads } from '../core/reviews/review-threads.ts';
import { authorIdentity } from './author-identity.ts';
import { type Branch, readBranchRecords } from './branch-records.ts';
import { check } from './check.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
import type { Repository } from './repository.ts';
import { takenBranch } from './policy-branch.ts';
import { readRefs, type Refs } from './refs.ts';
import { tipName, tipOf } from './revisions.ts';
import { readRuledChange, type RuledChange } from './ruled-change.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** What is asked: for whom, as of when; `onBranch` is told before each branch is judged. */
export type InboxRequest = {
  readonly me?: string | undefined;
  readonly now?: Date | undefined;
  /** At most so many are listed. */
  readonly limit?: number | undefined;
  readonly onBranch?: (name: string) => void;
};

/**
 * What waits for a person over all branches that others can see, and the local ones besides: sign-offs and answers as the
 * gate asks for them, conditions, review threads, feedback to triage. Branches are read as git objects; nothing is checked out.
 */
export async function inbox(
  repository: Repository,
  { me: named, now = repository.clock.now(), limit, onBranch = () => {} }: InboxRequest,
): Promise<Inbox> {
  return repository.session(async (git) => {
    const reading = { ...repository, git };
    const refs = await readRefs(git);
    const target = await targetBranch(reading, refs);
    const { me, known, isMine, roles } = await personOf(
      reading,
      target?.ruled.base?.policy ?? null,
      named,
    );
    const branches = allBranches(refs);
    const records = await readBranchRecords(git, branches);
    const { threads } = reviewThreads(records.events);
    const rules = target ? await triageRules(git, target.tip) : null;
    const holders = (events: readonly string[]): readonly string[] =>
      [...new Set(events.flatMap(records.branchesOf))].sort();
    const paths = new Map(
      threads.map((thread) => [
        thread,
        records.events
          .filter(({ value }) => value.thread === thread.id && value.record === thread.record)
          .map(({ path }) => path),
      ]),
    );
    const items = [
      ...(target === null ? [] : await gateItems(reading, { target, branches, me, now, onBranch })),
      ...waitingThreads(threads, {
        me,
        isMine,
        owns: (record) =>
          [...records.ownersOf(record)].some((owner) => owner === me || roles.has(owner)),
        branchesOf: (thread) => holders(paths.get(thread) ?? []),
        now,
      }),
      ...[...records.feedback.values()].flatMap(
        (versions) => waitingFeedback(versions, rules, new Set([me, ...roles])) ?? [],
      ),
    ];
    return {
      schema: 'countersign/inbox@1',
      me,
      known,
      branches: branches.flatMap(({ names }) => names).sort(),
      total: items.length,
      items: items.sort(compareItems).slice(0, limit),
    };
  });
}

/** `word` names its tip on a command line. */
type Target = {
  readonly ref: string;
  readonly word: string;
  readonly tip: string;
  readonly ruled: RuledChange;
};

/** The default target as it stands, with its policy; null where there is no such branch yet. */
async function targetBranch(repository: Repository, refs: Refs): Promise<Target | null> {
  const { ref } = await takenBranch(repository.git, refs);
  try {
    const tip = tipOf(refs, ref);
    return {
      ref,
      word: tipName(refs, ref),
      tip,
      ruled: await readRuledChange(repository, { kind: 'range', from: tip, to: tip }),
    };
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'target/missing') return null;
    throw error;
  }
}

type Person = {
  readonly me: string;
  readonly known: boolean;
  readonly isMine: (by: string) => boolean;
  readonly roles: ReadonlySet<string>;
};

/** Who is asked for: by the policy's id, or by git's e-mail, which then stands alone where no policy knows it. */
async function personOf(
  repository: Repository,
  policy: GatePolicy | null,
  named: string | undefined,
): Promise<Person> {
  if (named !== undefined && policy !== null && !Object.hasOwn(policy.people, named))
    throw new CountersignError(
      'inbox/unknown-person',
      `the policy knows no ${named}`,
      `it knows ${Object.keys(policy.people).join(', ')}`,
    );
  const identify = policy ? identities(policy) : null;
  const email = named === undefined ? (await authorIdentity(repository)).email : null;
  const who = email !== null && identify ? identify(email) : null;
  const me = named ?? (who?.kind === 'person' ? who.person : (email as string));
  const emailOf = (by: string): string => /<([^<>]*)>\s*$/.exec(by)?.[1] ?? by;
  const isMine = (by: string): boolean => {
    const author = identify?.(emailOf(by));
    return author?.kind === 'person' ? author.person === me : emailOf(by) === me;
  };
  return {
    me,
    known: policy === null || Object.hasOwn(policy.people, me),
    isMine,
    roles: new Set(
      Object.entries(policy?.roles ?? {}).flatMap(([role, members]) =>
        members.includes(me) ? [role] : [],
      ),
    ),
  };
}

/** Remote-tracking branches, and local ones; each commit once, with all its names. */
function allBranches({ branches }: Refs): readonly Branch[] {
  const byOid = new Map<string, string[]>();
  const names = [...branches]
    .filter(([ref]) => !ref.endsWith('/HEAD'))
    .sort(
      ([a], [b]) =>
        Number(a.startsWith('refs/heads/')) - Number(b.startsWith('refs/heads/')) ||
        (a < b ? -1 : 1),
    );
  for (const [ref, oid] of names)
    byOid.set(oid, [...(byOid.get(oid) ?? []), ref.replace(/^refs\/(?:heads|remotes)\//, '')]);
  return [...byOid].map(([oid, own]) => ({ oid, names: own }));
}

type GateQuestion = {
  readonly target: Target;
  readonly branches: readonly Branch[];
  readonly me: string;
  readonly now: Date;
  readonly onBranch: (name: string) => void;
};

/** What the gate waits for on each branch that would land something, and the conditions that landed approvals left open. */
async function gateItems(
  repository: Repository,
  { target, branches, me, now, onBranch }: GateQuestion,
): Promise<readonly InboxItem[]> {
  const {
    ruled: {
      base,
      change: {
        refs: { remote },
      },
    },
    tip,
    word,
  } = target;
  if (base === null) return [];
  const short = target.ref.slice('refs/heads/'.length);
  const isTarget = matchesAny(base.policy.targets);
  const range = shellWord(`${word}...HEAD`);
  // A check of nothing tells what stands at the target whatever is about to land.
  const { conditions } = await check(repository, {
    source: { kind: 'range', from: tip, to: tip },
    now,
  });
  const items = [...waitingConditions(conditions, { names: [short], go: '', range }, me)];
  for (const { oid, names } of branches) {
    const [name = oid] = names;
    if (
      names.some((own) => isTarget(localName(own, remote))) ||
      (await isContained(repository.git, oid, tip))
    )
      continue;
    onBranch(name);
    const branch: JudgedBranch = {
      names,
      go: `git switch ${shellWord(localName(name, remote))} && `,
      range,
    };
    try {
      const result = await check(repository, {
        source: { kind: 'range', from: tip, to: oid },
        now,
      });
      // What stands at the target stands on every branch: it is told once.
      const stated = result.conditions.filter(
        ({ payload, condition }) =>
          !conditions.some(
            (landed) => landed.payload === payload && landed.condition === condition,
          ),
      );
      const authored = new Set(
        result.rules.filter(({ authors }) => authors.includes(me)).map(({ id }) => id),
      );
      items.push(
        ...waitingSignoffs(result, branch, me),
        ...waitingConditions(stated, branch, me, authored),
      );
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      items.push({
        kind: 'unjudged',
        branches: names,
        what: `${name} could not be judged: ${error.message}`,
        about: name,
        due: null,
        overdue: false,
        command: error.fix ?? `countersign check --range ${shellWord(`${word}...${name}`)}`,
      });
    }
  }
  return items;
}

/** `origin/topic` is checked out as `topic`. */
function localName(name: string, remote: string | null): string {
  const prefix = `${remote ?? ''}/`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

async function isContained(git: Git, oid: string, tip: string): Promise<boolean> {
  return (await git.run(['merge-base', '--is-ancestor', oid, tip])).code === 0;
}

async function triageRules(git: Git, tree: string): Promise<Triage | null> {
  const [file] = await readTreeFiles(git, await listTree(git, tree, ['.countersign/triage.yaml']));
  const record = file?.bytes ? parseRecord(file.path, file.bytes).record : null;
  return record?.kind === 'triage' ? record.value : null;
}
