import type { PredicatePart } from '../core/reports/side-source.ts';
import type { TreeEntry } from '../core/gate/raw-diff.ts';
import type { Evaluation } from '../core/records/evaluation.ts';

/**
 * What the use cases need of a machine. The real forms are in `src/node`; a web form of Files and Cache can follow
 * without a change here. All paths are relative to the repository's top, with `/`, unless said otherwise.
 */

/** Files of the working tree. A path never leaves the repository: `..`, absolute paths and symbolic links on the way refuse. */
export type Files = {
  /** The file's bytes, or null where there is no regular file. A file of the disk that is larger than `limit` bytes is not read, and null too. */
  read(path: string, limit?: number): Promise<Uint8Array | null>;
  /** All regular files and symbolic links below a folder, as paths; empty where the folder is absent. Sorted by code unit. */
  list(folder: string): Promise<readonly FileEntry[]>;
  /** Writes a file whole or not at all (temporary file, then rename), creating folders on the way. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  remove(path: string): Promise<void>;
  /** Lower-case hex SHA-256 of a file's bytes, streamed in constant memory; null where there is no regular file. */
  sha256(path: string): Promise<string | null>;
};

export type FileEntry = {
  readonly path: string;
  readonly kind: 'file' | 'link';
  /** Bytes. */
  readonly size: number;
  /** Changes when the file may have changed: size, times and inode. Never the only proof of sameness for the gate. */
  readonly stamp: string;
};

/** Derived data that may vanish at any time: it changes how long an answer takes, never the answer. */
export type Cache = {
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, bytes: Uint8Array): Promise<void>;
};

/** What a git process left behind. */
export type GitOutput = {
  /** Exit code of git. */
  readonly code: number;
  readonly stdout: Uint8Array;
  /** Decoded leniently, for messages only. */
  readonly stderr: string;
};

/**
 * git itself, with every inherited `GIT_*` variable and every setting that could change an answer taken away: no
 * replace refs, no grafts, no lazy fetching, no file-system monitor, no commit graph, no hooks.
 */
export type Git = {
  /** Runs a command to its end and gives its bytes; never throws for a non-zero exit code. For small outputs. */
  run(
    args: readonly string[],
    options?: { readonly input?: Uint8Array; readonly env?: Readonly<Record<string, string>> },
  ): Promise<GitOutput>;
  /** The text of a command that must succeed, without its last line feed. Throws `git/failed` otherwise. */
  text(args: readonly string[]): Promise<string>;
  /**
   * The files of a tree, or of a commit's tree, below some folders or files, in git's order; all of them where none is
   * named. Throws where the tree is not there: what could not be listed must never look empty.
   */
  list(tree: string, under: readonly string[]): Promise<readonly TreeEntry[]>;
  /**
   * Paths, one byte a character, of the files below a folder of a tree whose content holds one of some texts, which are on one
   * line and not empty; links are no files. Null where not all of them could be looked into.
   */
  holding(
    tree: string,
    folder: string,
    texts: readonly string[],
  ): Promise<ReadonlySet<string> | null>;
  /** Objects by id, whole; null where the repository does not have it, or where it is larger than `limit` bytes. */
  objects(oids: readonly string[], limit: number): Promise<ReadonlyMap<string, GitObject | null>>;
  /** Lower-case hex SHA-256 of each blob's content, streamed in constant memory; absent from the map where the repository does not have it. */
  sha256(oids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What is kept until the end of a session besides objects; null outside of one, where histories may change under way. */
  readonly memory: Map<string, unknown> | null;
};

export type GitObject = {
  readonly type: 'blob' | 'tree' | 'commit' | 'tag';
  readonly bytes: Uint8Array;
};

export type Clock = { now(): Date };

export type Random = { bytes(count: number): Uint8Array };

/** Makes an armoured SSH signature over bytes with a person's own key. */
export type Signer = {
  sign(payload: Uint8Array, namespace: string): Promise<string>;
};

/** What a stamp (RFC 3161) says of a content, or why it says nothing. */
export type StampAnswer =
  | { readonly ok: true; readonly time: Date; readonly authority: string | null }
  | { readonly ok: false; readonly why: string };

/** Holds the reply of a time-stamping authority against a content; `authorities` is a file of certificates (PEM) that are trusted. */
export type ReadStamp = (
  content: Uint8Array,
  reply: Uint8Array,
  authorities: string,
) => Promise<StampAnswer>;

/** The tables that an engine may read: name in the SQL → what it stands for. `path` is relative to the repository's top. */
export type EngineTables = Readonly<Record<string, EngineTable>>;

/** A file, or a folder of Parquet parts, by its path from the repository's top; `csv` as the evaluation states it. */
export type EngineTable = { readonly path: string; readonly csv?: CsvOptions | undefined };

/** How a CSV file is written where it is not UTF-8 text with commas, a decimal point and one header line. */
export type CsvOptions = NonNullable<Evaluation['csv']>;

/** Cells as the engine returns them: text, integers within 2^53, null. Never rows of data. */
export type AggregateRow = Readonly<Record<string, string | number | null>>;

/** A file that is laid out at its path: a blob of git's, or null for what lies in the working tree. */
export type LaidFile = { readonly path: string; readonly oid: string | null };

/** Files laid out in a folder of their own, and the engine on them. */
export type LaidOut = { readonly files: Files; readonly openEngine: OpenEngine };

/** An engine that turns aggregate queries into counts. It may read the named tables and nothing else. */
export type Engine = {
  readonly name: string;
  version(): Promise<string>;
  /** Column names of a table, in its order, without {@link Engine.doubled}. */
  columns(table: string): Promise<readonly string[]>;
  /** The engine's own type of each of {@link Engine.columns}. */
  types(table: string): Promise<ReadonlyMap<string, string>>;
  /** Names of columns that a table has more than once, upper and lower case held for the same: no query can tell them apart. */
  doubled(table: string): readonly string[];
  /** The name of an index of pandas that a table's file only describes, and keeps no column of; null where there is none. */
  describedIndex(table: string): string | null;
  /** Why a text is not one boolean expression over columns that may be embedded in a query, or null where it is. */
  predicateProblem(expression: string): Promise<string | null>;
  /** The conditions that a predicate without a problem joins by AND, with the columns of each. */
  predicateParts(expression: string): Promise<readonly PredicatePart[]>;
  aggregate(
    sql: string,
    options?: {
      readonly signal?: AbortSignalLike | undefined;
      readonly onProgress?: ((fraction: number) => void) | undefined;
    },
  ): Promise<readonly AggregateRow[]>;
  close(): Promise<void>;
};

/** Opens an engine on some tables. */
export type OpenEngine = (tables: EngineTables, signal?: AbortSignalLike) => Promise<Engine>;

/** The part of AbortSignal that the use cases need; core and app are compiled without a host's types. */
export type AbortSignalLike = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};
