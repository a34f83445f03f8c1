import { parseRawDiff, type RawEntry } from '../core/gate/raw-diff.ts';
import { bytesToRaw, rawToBytes } from '../core/gate/raw-path.ts';
import { exceptionFolder, isRecordPath, signoffFolder } from '../core/gate/signoff-path.ts';
import { CountersignError } from './errors.ts';
import type { Git } from './ports.ts';
import { listTree } from './tree-files.ts';

/** A signed file that had landed, and that a later commit of the target deleted or altered past the gate: as it was before. */
export type TakenAway = {
  readonly entry: RawEntry;
  /** The commit that did it, and one in which the file lies as it was signed. */
  readonly by: string;
  readonly source: string;
  /** Whether it came as it is here by altering what lay there: nobody need put that back. */
  readonly isAlteration: boolean;
};

const folders = [signoffFolder, exceptionFolder];

/**
 * Signed files that do not lie at a tip any more as they once lay on its first-parent history, newest first. They are only
 * ever added: what they say was said, whoever took them away.
 */
export async function takenAway(git: Git, tip: string): Promise<readonly TakenAway[]> {
  const key = `taken away ${tip}`;
  const known = git.memory?.get(key) as readonly TakenAway[] | undefined;
  if (known) return known;
  const events = await eventsUpTo(git, tip);
  const found = events.length === 0 ? [] : await missingAt(git, tip, events);
  git.memory?.set(key, found);
  return found;
}

/** Mode and object id, by path, of those that may be put back: as they were when they were added. */
export function asSigned(taken: readonly TakenAway[]): ReadonlyMap<string, string> {
  return new Map(
    taken
      .filter(({ isAlteration }) => !isAlteration)
      .map(({ entry: { path, oldMode, oldOid } }) => [path.text ?? '', `${oldMode} ${oldOid}`]),
  );
}

async function missingAt(
  git: Git,
  tip: string,
  events: readonly Event[],
): Promise<readonly TakenAway[]> {
  const there = new Map(
    (await listTree(git, tip, folders)).map(({ path, mode, oid }) => [path.raw, `${mode} ${oid}`]),
  );
  const added = new Set(events.filter(isAdded).map(({ entry }) => after(entry)));
  const altered = new Set(events.filter((one) => !isAdded(one)).map(({ entry }) => after(entry)));
  const versions = new Map(
    events.filter((one) => !isAdded(one)).map((event) => [before(event.entry), event]),
  );
  return [...versions].flatMap(([version, event]) =>
    there.get(event.entry.path.raw) === `${event.entry.oldMode} ${event.entry.oldOid}`
      ? []
      : [{ ...event, isAlteration: altered.has(version) && !added.has(version) }],
  );
}

const isAdded = ({ entry: { oldMode } }: Event): boolean => oldMode === '000000';

const before = ({ path, oldMode, oldOid }: RawEntry): string => `${oldMode} ${oldOid} ${path.raw}`;
const after = ({ path, newMode, newOid }: RawEntry): string => `${newMode} ${newOid} ${path.raw}`;

/** What a first-parent commit did to a file of these folders. */
type Event = Omit<TakenAway, 'isAlteration'>;

/** What was done to them anywhere on a first-parent history. */
type Events = { readonly tip: string; readonly events: readonly Event[] };

/** An audit asks at each commit in turn: what is known up to one is known of those that follow it. */
async function eventsUpTo(git: Git, tip: string): Promise<readonly Event[]> {
  const key = 'taken away on the way';
  const before = git.memory?.get(key) as Events | undefined;
  const since = before === undefined ? null : await chainSince(git, before.tip, tip);
  const events =
    before === undefined || since === null
      ? await eventsOf(
          git,
          await chain(git, [tip, '--', ...folders.map((one) => `:(top,literal)${one}`)]),
        )
      : [...(await eventsOf(git, since)), ...before.events];
  git.memory?.set(key, { tip, events } satisfies Events);
  return events;
}

/** A first-parent commit and the parent that it is compared with. */
type Link = { readonly oid: string; readonly parent: string };

/** The first-parent commits after one; null where it is not among those of the tip. */
async function chainSince(git: Git, since: string, tip: string): Promise<readonly Link[] | null> {
  if (since === tip) return [];
  const links = await chain(git, [tip, `^${since}`]);
  return links.at(-1)?.parent === since ? links : null;
}

async function chain(git: Git, asked: readonly string[]): Promise<readonly Link[]> {
  return (await git.text(['rev-list', '--first-parent', '--parents', ...asked]))
    .split('\n')
    .flatMap((line) => {
      const [oid = '', parent] = line.split(' ');
      return parent === undefined ? [] : [{ oid, parent }];
    });
}

/** Through one git process. */
async function eventsOf(git: Git, links: readonly Link[]): Promise<readonly Event[]> {
  if (links.length === 0) return [];
  const out = await git.run(
    [
      'diff-tree',
      '--stdin',
      '-r',
      '-z',
      '--raw',
      '--no-renames',
      '--no-abbrev',
      '--no-ext-diff',
      '--',
      ...folders,
    ],
    {
      input: new TextEncoder().encode(
        links.map(({ oid, parent }) => `${oid} ${parent}\n`).join(''),
      ),
    },
  );
  if (out.code !== 0)
    throw new CountersignError(
      'git/failed',
      `git could not compare the commits of the target: ${out.stderr.trim()}`,
      'git fsck',
    );
  const parents = new Map(links.map(({ oid, parent }) => [oid, parent]));
  // The name of a commit ends in NUL, where that of a pair of trees ends in a line feed; no path in these folders is like one.
  const output = bytesToRaw(out.stdout).replace(/(^|\0)([0-9a-f]{40,64})\0/g, '$1$2\n');
  return parseRawDiff(rawToBytes(output)).flatMap(({ header: by, entries }) =>
    entries
      .filter(
        ({ path, oldMode }) =>
          /^(?:10|000000)/.test(oldMode) && path.text !== null && isRecordPath(path.text),
      )
      .map((entry) => ({ entry, by, source: parents.get(by) ?? by })),
  );
}
