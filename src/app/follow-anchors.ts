import {
  type FileLines,
  fileLines,
  holdsDigest,
  isTelling,
} from '../core/trails/anchored-lines.ts';
import type { HeldLines } from '../core/trails/find-block.ts';
import { type AnchorQuestion, followAnchor } from '../core/trails/follow-anchor.ts';
import { type FollowedAnchor, isProved } from '../core/trails/followed-anchor.ts';
import type { Presence } from '../core/trails/path-presence.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { anchorOrigins, type RecordedAnchor } from './anchor-origins.ts';
import { CountersignError } from './errors.ts';
import { namedBlobs } from './git-blobs.ts';
import { movedFiles } from './moved-files.ts';
import { cutOf, lackOf } from './lacking-versions.ts';
import type { Files, Git } from './ports.ts';
import { anchorsOf } from './record-anchors.ts';
import { storedBytes } from './stored-bytes.ts';

/** Files read at one time: a machine has only so many open ones. */
const atOnce = 32;

/** The files in which anchors are followed: those of the working tree, or of a commit of the past. */
export type AnchorGround = {
  readonly files: Pick<Files, 'read'>;
  readonly git: Git;
  readonly at: (path: string) => Presence;
  /** Every path that is there. */
  readonly paths: ReadonlySet<string>;
  /** The commit whose files these are; absent for the working tree. */
  readonly commit?: string;
};

/** An anchor of a record, where it is today, and the version that this was found by. */
export type AnchorAnswer = RecordedAnchor & {
  readonly id: string;
  /** Its place in the record, from 0. */
  readonly index: number;
  readonly followed: FollowedAnchor;
  readonly held: HeldLines | null;
  /** The file in which it is today, as git would store it; null where there is none. */
  readonly today: FileLines | null;
};

type Asked = RecordedAnchor & {
  readonly id: string;
  readonly index: number;
  readonly question: AnchorQuestion;
  readonly followed: FollowedAnchor;
};

/**
 * Follows every anchor of some records, in their order. git is asked about those alone that their file does not settle: for the
 * version in which their lines were counted, then for files that were renamed or changed since.
 *
 * @param origins whether an anchor with neither digest nor commit may be held by the commit that brought it
 */
export async function followAnchors(
  ground: AnchorGround,
  records: readonly ParsedRecord[],
  { origins = false }: { readonly origins?: boolean } = {},
): Promise<readonly AnchorAnswer[]> {
  const anchors = records.flatMap((record) =>
    anchorsOf(record).map((anchor, index) => ({
      record: record.path,
      id: record.id ?? record.path,
      index,
      anchor,
    })),
  );
  if (anchors.length === 0) return [];
  const own = await readOwn(
    ground,
    anchors.map(({ anchor }) => anchor.path),
  );
  const asked = anchors.map((item): Asked => {
    const here = own.get(item.anchor.path);
    const question: AnchorQuestion = {
      anchor: item.anchor,
      own: here?.file ?? null,
      ...(here?.gone === undefined ? {} : { gone: here.gone }),
      ...(here?.hidden === undefined ? {} : { hidden: here.hidden }),
      held: null,
    };
    return { ...item, question, followed: followAnchor(question) };
  });
  const versed = await withVersions(ground, asked, origins);
  const searched = await withOthers(ground, versed);
  return searched.map(({ question, ...item }) => {
    const other = question.others?.find(({ path }) => path === item.followed.now?.path);
    return { ...item, held: question.held, today: other?.file ?? question.own };
  });
}

type Own = {
  readonly file: FileLines | null;
  readonly gone?: string;
  readonly hidden?: string;
};

/** Each file once, as git would store it; with the reason where none is there. */
async function readOwn(
  { files, git, at, commit }: AnchorGround,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Own>> {
  const wanted = [...new Set(paths)];
  const read = new Map<string, Uint8Array>();
  for (let start = 0; start < wanted.length; start += atOnce)
    await Promise.all(
      wanted.slice(start, start + atOnce).map(async (path) => {
        const bytes = await files.read(path).catch((error: unknown) => {
          if (error instanceof CountersignError) return null;
          throw error;
        });
        if (bytes !== null) read.set(path, bytes);
      }),
    );
  const stored = commit === undefined ? await storedBytes(git, read) : read;
  return new Map(
    wanted.map((path): readonly [string, Own] => {
      const bytes = stored.get(path);
      if (bytes) return [path, { file: fileLines(bytes) }];
      if (read.has(path)) return [path, { file: null, hidden: 'its encoding is not read here' }];
      const presence = at(path);
      return presence.kind === 'submodule'
        ? [path, { file: null, hidden: submoduleText(presence.submodule) }]
        : [path, { file: null, gone: goneText(presence) }];
    }),
  );
}

function goneText(presence: Presence): string {
  switch (presence.kind) {
    case 'link':
      return 'a symbolic link is there; anchor the file to which it leads';
    case 'other-spelling':
      return `the file is called ${presence.spelled}, which is spelled otherwise`;
    default:
      return 'the file is gone';
  }
}

function submoduleText(submodule: string): string {
  return `it lies in the submodule ${submodule}, and is not there (git submodule update --init ${shellWord(submodule)})`;
}

/** Whether the file alone settles it: text that says enough, at the lines where it was. */
function isSettled({ followed, question: { anchor, own } }: Asked): boolean {
  return (
    anchor.digest !== undefined &&
    own !== null &&
    followed.state === 'exact' &&
    isTelling(own.texts.slice((anchor.lines[0] as number) - 1, anchor.lines[1]))
  );
}

async function withVersions(
  ground: AnchorGround,
  asked: readonly Asked[],
  origins: boolean,
): Promise<readonly Asked[]> {
  const open = asked.filter((item) => !isSettled(item));
  const byCommit = await heldAt(
    ground,
    open.map((item) => [item, item.anchor.commit ?? null]),
  );
  const without = open.filter(
    (item) =>
      !byCommit.has(item) &&
      (item.anchor.digest !== undefined || (origins && item.anchor.commit === undefined)),
  );
  const revision = ground.commit ?? 'HEAD';
  const from = await anchorOrigins(ground.git, revision, without);
  const byOrigin = await heldAt(
    ground,
    without.map((item) => [item, from.get(item) ?? null]),
  );
  const last = without.filter((item) => !byOrigin.has(item) && item.anchor.digest !== undefined);
  const byHead = await heldAt(
    ground,
    last.map((item) => [item, revision]),
  );
  const lacks = await lackOf(
    ground.git,
    open.filter((item) => !byCommit.has(item)),
  );
  const cuts = await cutOf(
    ground.git,
    last.filter((item) => !byHead.has(item)),
  );
  return asked.map((item) => {
    const held = byCommit.get(item) ?? byOrigin.get(item) ?? byHead.get(item);
    const lack = lacks.get(item);
    const cut = cuts.get(item);
    if (held === undefined && lack === undefined && cut === undefined) return item;
    const question: AnchorQuestion = {
      ...item.question,
      ...(held ? { held } : {}),
      ...(lack === undefined ? {} : { lack }),
      ...(cut === undefined ? {} : { cut }),
    };
    return { ...item, question, followed: followAnchor(question) };
  });
}

/** The version of an anchor's file at a commit, where its lines are there, and are those of its digest. */
async function heldAt(
  { git, at }: AnchorGround,
  wanted: readonly (readonly [Asked, string | null])[],
): Promise<ReadonlyMap<Asked, HeldLines>> {
  const named = wanted.flatMap(([item, commit]) => {
    const presence = at(item.anchor.path);
    const path = presence.kind === 'other-spelling' ? presence.spelled : item.anchor.path;
    return commit === null ? [] : [[item, `${commit}:${path}`, commit] as const];
  });
  const blobs = await namedBlobs(git, [...new Set(named.map(([, name]) => name))]);
  const cut = new Map<string, FileLines>();
  return new Map(
    named.flatMap(([item, name, commit]): readonly (readonly [Asked, HeldLines])[] => {
      const bytes = blobs.get(name);
      if (!bytes) return [];
      const file = cut.get(name) ?? fileLines(bytes);
      cut.set(name, file);
      const [first = 1, last = first] = item.anchor.lines;
      const { digest } = item.anchor;
      const holds =
        last <= file.bytes.length &&
        (digest === undefined || holdsDigest(file.bytes, [first, last], digest));
      return holds ? [[item, { commit, path: item.anchor.path, file, lines: [first, last] }]] : [];
    }),
  );
}

/** Looks in other files for what its own does not hold any more. */
async function withOthers(
  ground: AnchorGround,
  asked: readonly Asked[],
): Promise<readonly Asked[]> {
  const lost = asked.filter(
    ({ followed, question }) =>
      !isProved(followed) &&
      question.hidden === undefined &&
      (question.anchor.digest !== undefined || question.held !== null),
  );
  if (lost.length === 0) return asked;
  const found = await movedFiles(
    ground,
    lost.map(({ question }) => question),
  );
  const files = await readOwn(
    ground,
    [...found.values()].flatMap((others) => others.map(({ path }) => path)),
  );
  return asked.map((item) => {
    const others = (found.get(item.question) ?? []).flatMap(({ path, renamed }) => {
      const file = files.get(path)?.file;
      return file ? [{ path, file, renamed }] : [];
    });
    if (others.length === 0) return item;
    const question = { ...item.question, others };
    return { ...item, question, followed: followAnchor(question) };
  });
}
