import type { Feedback } from '../core/records/feedback.ts';
import { type Parsed, parseRecord } from '../core/records/parse-record.ts';
import type { ReviewRecord } from '../core/reviews/event-order.ts';
import type { Git } from './ports.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** A branch: its object id, and every name that it has. */
export type Branch = { readonly oid: string; readonly names: readonly string[] };

/** A version of a record, and the branches that have it. */
export type RecordVersion<Value> = { readonly value: Value; readonly branches: readonly string[] };

/** What the branches of a repository hold together: each version of a file once. */
export type BranchRecords = {
  readonly events: readonly ReviewRecord[];
  /** Names of the branches that have an event, by its path. */
  readonly branchesOf: (path: string) => readonly string[];
  readonly feedback: ReadonlyMap<string, readonly RecordVersion<Feedback>[]>;
  /** Everybody whom a version of a record names as its owner or assignee. */
  readonly ownersOf: (record: string) => ReadonlySet<string>;
};

const folders = ['.countersign/reviews/', '.countersign/feedback/', '.countersign/decisions/'];

/** Reads reviews, feedback and decisions of all branches. A version that no reader understands is left out: its own branch tells of it. */
export async function readBranchRecords(
  git: Git,
  branches: readonly Branch[],
): Promise<BranchRecords> {
  const versions = new Map<
    string,
    { readonly path: string; readonly oid: string; readonly branches: string[] }
  >();
  const entries = [];
  for (const { oid, names } of branches) {
    for (const entry of await listTree(git, oid, folders)) {
      if (entry.path.text === null || entry.mode === '120000') continue;
      const key = `${entry.oid} ${entry.path.text}`;
      const known = versions.get(key);
      if (known) known.branches.push(...names);
      else {
        versions.set(key, { path: entry.path.text, oid: entry.oid, branches: [...names] });
        entries.push(entry);
      }
    }
  }
  const read = (await readTreeFiles(git, entries)).flatMap(({ path, oid, bytes }) =>
    bytes
      ? [
          {
            parsed: parseRecord(path, bytes),
            branches: versions.get(`${oid} ${path}`)?.branches ?? [],
          },
        ]
      : [],
  );
  return arrange(read);
}

function arrange(
  read: readonly { readonly parsed: Parsed; readonly branches: readonly string[] }[],
): BranchRecords {
  const events: ReviewRecord[] = [];
  const holders = new Map<string, readonly string[]>();
  const feedback = new Map<string, RecordVersion<Feedback>[]>();
  const owners = new Map<string, Set<string>>();
  const own = (record: string, person: string | undefined): void => {
    if (person !== undefined) owners.set(record, (owners.get(record) ?? new Set()).add(person));
  };
  for (const {
    parsed: { record, path },
    branches,
  } of read) {
    if (record?.kind === 'review') {
      events.push(record);
      holders.set(path, [...(holders.get(path) ?? []), ...branches]);
    } else if (record?.kind === 'decision') own(record.value.id, record.value.owner);
    else if (record?.kind === 'feedback') {
      own(record.value.id, record.value.assignee);
      feedback.set(record.value.id, [
        ...(feedback.get(record.value.id) ?? []),
        { value: record.value, branches },
      ]);
    }
  }
  return {
    events,
    branchesOf: (path) => holders.get(path) ?? [],
    feedback,
    ownersOf: (record) => owners.get(record) ?? new Set(),
  };
}
