import type { Finding } from '../core/finding/finding.ts';
import { sha256Hex } from '../core/gate/change-digest.ts';
import { type DecisionFacts, decisionFacts } from '../core/gate/decision-facts.ts';
import type { RawEntry, TreeEntry } from '../core/gate/raw-diff.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import type { Git } from './ports.ts';
import { listTree, type ReadFile, readTreeFiles } from './tree-files.ts';

export const decisionFolder = '.countersign/decisions/';

const lenient = new TextDecoder('utf-8');

/**
 * The decisions of a tree that may stand over the files of a change. A decision whose text neither names one of the files,
 * nor governs by globs, nor holds an escape that could spell a name otherwise, cannot cover any of them, and is not parsed.
 */
export async function readDecisions(
  git: Git,
  tree: string,
  files: readonly (string | null)[],
): Promise<ReadDecisions> {
  return decisionsAmong(git, { tree, entries: await listTree(git, tree, [decisionFolder]) }, files);
}

/** Those of two trees; where both hold the same decisions, as nearly always, they are looked through once. */
export async function readDecisionsOfBoth(
  git: Git,
  [tree, other]: readonly [string, string],
  files: readonly (string | null)[],
): Promise<readonly [ReadDecisions, ReadDecisions]> {
  const [entries, others] = [
    await listTree(git, tree, [decisionFolder]),
    await listTree(git, other, [decisionFolder]),
  ];
  const read = await decisionsAmong(git, { tree, entries }, files);
  return [
    read,
    isSameList(entries, others)
      ? read
      : await decisionsAmong(git, { tree: other, entries: others }, files),
  ];
}

type ReadDecisions = {
  readonly decisions: readonly DecisionFacts[];
  readonly findings: readonly Finding[];
};

function isSameList(some: readonly TreeEntry[], others: readonly TreeEntry[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every(
        ({ path, mode, oid }, index) =>
          oid === others[index]?.oid &&
          mode === others[index]?.mode &&
          path.raw === others[index]?.path.raw,
      ))
  );
}

/** From so many decisions on, and up to so many texts, git looks them through faster than they can be read. */
const [manyDecisions, fewTexts] = [100, 16];

type ListedDecisions = { readonly tree: string; readonly entries: readonly TreeEntry[] };

async function decisionsAmong(
  git: Git,
  listed: ListedDecisions,
  files: readonly (string | null)[],
): Promise<ReadDecisions> {
  const candidates = (await readTreeFiles(git, await promising(git, listed, files))).filter(
    (file) => mayCover(file, files),
  );
  const read = candidates.map(({ path, bytes }) => {
    const parsed = parseRecord(path, bytes ?? new Uint8Array());
    const facts =
      parsed.record?.kind === 'decision'
        ? [decisionFacts(path, sha256Hex(bytes ?? new Uint8Array()), parsed.record.value)]
        : [];
    return { facts, findings: facts.length > 0 ? [] : parsed.findings };
  });
  return {
    decisions: read.flatMap(({ facts }) => facts),
    findings: read.flatMap(({ findings }) => findings),
  };
}

/** Which decisions of a tree hold some texts; null where nobody looked. */
type Search = {
  readonly texts: ReadonlySet<string>;
  readonly found: Promise<ReadonlySet<string> | null>;
};

/** Begins to look for the decisions over the files of a change: git does that while the policy is being read. */
export function beginDecisions(git: Git, tree: string, entries: readonly RawEntry[]): void {
  git.memory?.set(
    searchKey(tree),
    search(git, tree, textsOf(entries.map(({ path }) => path.text))),
  );
}

function searchKey(tree: string): string {
  return `decisions ${tree}`;
}

function search(git: Git, tree: string, texts: readonly string[]): Search {
  const look = async (): Promise<ReadonlySet<string> | null> => {
    const isWorthIt =
      texts.length <= fewTexts &&
      !texts.includes('') &&
      (await listTree(git, tree, [decisionFolder])).length >= manyDecisions;
    return isWorthIt ? git.holding(tree, decisionFolder, [...texts, ...signsOfMore]) : null;
  };
  // Whoever reads the decisions by themselves is told what is wrong.
  return { texts: new Set(texts), found: look().catch(() => null) };
}

/** Those decisions that are worth reading at all: {@link mayCover} is true of no other. */
async function promising(
  git: Git,
  { tree, entries }: ListedDecisions,
  files: readonly (string | null)[],
): Promise<readonly TreeEntry[]> {
  const texts = textsOf(files);
  const begun = git.memory?.get(searchKey(tree)) as Search | undefined;
  const { found } =
    begun && texts.every((text) => begun.texts.has(text)) ? begun : search(git, tree, texts);
  const paths = await found;
  return paths === null ? entries : entries.filter(({ path }) => paths.has(path.raw));
}

function textsOf(files: readonly (string | null)[]): readonly string[] {
  return [...new Set(files.flatMap((file) => (file === null ? [] : [longestWord(file)])))];
}

/** The longest part of a name that is written as it is, and on one line, wherever nothing is escaped. */
function longestWord(file: string): string {
  return file
    .split(/[\s'\\]+/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

/** What stands in a decision that can cover files which it does not name letter by letter. */
const signsOfMore = ['\\', 'governs'] as const;

function mayCover({ path, mode, bytes }: ReadFile, files: readonly (string | null)[]): boolean {
  // By its path alone a file is a decision: one that lies elsewhere is listed, reviewed and shown by nobody.
  if (bytes === null || mode === '120000' || kindOfPath(path) !== 'decision') return false;
  const text = lenient.decode(bytes);
  if (signsOfMore.some((sign) => text.includes(sign))) return true;
  // A name can be written over two lines, and a quote as two.
  const plain = closely(text);
  return files.some((file) => file !== null && plain.includes(closely(file)));
}

function closely(text: string): string {
  return text.replace(/[\s']+/g, '');
}
