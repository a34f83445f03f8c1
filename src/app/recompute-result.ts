import type { RecomputedResult, ResultFacts } from '../core/gate/evidence-context.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { isPart, partsDigest } from '../core/reports/data-parts.ts';
import { type Difference, firstDifference } from '../core/reports/first-difference.ts';
import type { EvaluationResult } from '../core/reports/result.ts';
import { evaluationAt } from './check-evidence.ts';
import { dataDigest, partsHere } from './data-digests.ts';
import { CountersignError } from './errors.ts';
import { evaluate, type Evaluated, measure } from './evaluate.ts';
import type { Files, Git, LaidFile } from './ports.ts';
import type { Repository } from './repository.ts';
import { readStoredResult } from './stored-result.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** Runs the evaluation of a stored result again on the working tree, as it was run: the same seed, the same looks, the same files governed. */
export function evaluateAgain(
  repository: Repository,
  { evaluation, seed, looks, earlier, governed }: EvaluationResult,
): Promise<Evaluated> {
  return evaluate(repository, {
    id: evaluation,
    seed,
    stored: { looks, governed, ...(earlier ? { earlier } : {}) },
    openEngine: repository.openEngine,
  });
}

/**
 * Whether a stored result of a tree is, byte by byte, what its evaluation gives: by the records and on the data of that
 * tree, never of the working tree. Only content that git does not have is taken from there, and only where it is what the
 * result names.
 */
export async function recomputed(
  repository: Repository,
  tree: string,
  result: ResultFacts,
): Promise<RecomputedResult> {
  const { git } = repository;
  const text = await textAt(git, tree, result.path);
  const stored = text === null ? null : readStoredResult(text);
  const context = await evaluationAt(git, tree, result.evaluation, await minCellAt(git, tree));
  if (text === null || stored === null || context === null)
    return { same: false, why: 'it is not a result', fix: measureAgain(result) };
  try {
    return await repository.layOut(
      await dataOf(repository, tree, result),
      async ({ files, openEngine }) => {
        const absent = await absentData(files, result);
        if (absent !== null) return absent;
        const again = await measure(
          context,
          { files, openEngine, seed: stored.seed, stored },
          { governed: async () => stored.governed, known: async () => [] },
        );
        return again.text === text
          ? { same: true }
          : {
              same: false,
              why: `it comes to ${again.result.verdict}, with other numbers or by another version of the engine${differenceWords(text, again)}`,
              fix: measureAgain(result),
            };
      },
    );
  } catch (error) {
    if (error instanceof CountersignError)
      return { same: false, why: error.message, ...(error.fix ? { fix: error.fix } : {}) };
    throw error;
  }
}

/** Where a result that is computed again first says something else than its file; null where they say the same. */
export function differenceOf(text: string, again: Evaluated): Difference | null {
  return firstDifference(JSON.parse(text), JSON.parse(again.text));
}

/** The same in words, with which a sentence goes on. */
export function differenceWords(text: string, again: Evaluated): string {
  const found = differenceOf(text, again);
  return found === null
    ? ': its numbers are the same, and its bytes are not'
    : `; the first difference is ${found.at}: ${found.stored} there, ${found.now} now`;
}

function measureAgain({ evaluation }: ResultFacts): string {
  return `countersign evaluate ${evaluation}`;
}

/** The data of a result: what git has out of the tree, what it has not out of the working tree. */
async function dataOf(
  { git, files }: Repository,
  tree: string,
  { inputs }: ResultFacts,
): Promise<readonly LaidFile[]> {
  const paths = inputs.map(({ path }) => path);
  const blobs = (await listTree(git, tree, paths)).flatMap(({ type, path, oid }) =>
    type === 'blob' && path.text !== null ? [{ path: path.text, oid }] : [],
  );
  const own = await git.sha256(blobs.map(({ oid }) => oid));
  const laid: LaidFile[] = [];
  for (const { path, sha256 } of new Map(inputs.map((input) => [input.path, input])).values()) {
    const blob = blobs.find((entry) => entry.path === path);
    const parts = blobs.filter((entry) => isPartOf(path, entry.path));
    const digest = partsDigest(
      parts.map((part) => ({
        name: part.path.slice(path.length + 1),
        sha256: own.get(part.oid) ?? '',
      })),
    );
    // A pointer is in git, and what it stands for is not.
    if (blob) laid.push({ path, oid: own.get(blob.oid) === sha256 ? blob.oid : null });
    else if (parts.length > 0 && digest === sha256) laid.push(...parts);
    else {
      const here = await partsHere(files, path);
      laid.push(...(here.length > 0 ? here : [path]).map((each) => ({ path: each, oid: null })));
    }
  }
  return laid;
}

function isPartOf(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`) && isPart(path.slice(folder.length + 1));
}

async function absentData(
  files: Files,
  { inputs, evaluation }: ResultFacts,
): Promise<RecomputedResult | null> {
  for (const { path, sha256 } of inputs) {
    const found = await dataDigest(files, path);
    if (found === sha256) continue;
    const why =
      found === null
        ? `git does not have ${path}, and it does not lie here`
        : `git does not have ${path}, and what lies here is not what ${evaluation} was measured on`;
    return {
      same: false,
      why,
      fix: `bring ${path} here as it was (git lfs pull, dvc pull), then: countersign check`,
    };
  }
  return null;
}

async function textAt(git: Git, tree: string, path: string): Promise<string | null> {
  const [file] = await readTreeFiles(git, await listTree(git, tree, [path]));
  return file?.bytes ? new TextDecoder().decode(file.bytes) : null;
}

async function minCellAt(git: Git, tree: string): Promise<number> {
  const path = '.countersign/policy.yaml';
  const [file] = await readTreeFiles(git, await listTree(git, tree, [path]));
  const record = file?.bytes ? parseRecord(path, file.bytes).record : null;
  return record?.kind === 'policy' ? (record.value.privacy?.min_cell ?? 0) : 0;
}
