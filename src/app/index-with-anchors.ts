import { compareFindings, type Finding } from '../core/finding/finding.ts';
import { followedGraph } from '../core/graph/followed-graph.ts';
import { anchorFindings } from '../core/trails/anchor-findings.ts';
import { type AnchorState, anchorStates } from '../core/trails/followed-anchor.ts';
import { missingDataFindings } from '../core/reports/missing-data.ts';
import { absentData } from './absent-data.ts';
import { dataPaths } from './data-digests.ts';
import { filesAt } from './files-at.ts';
import { type AnchorAnswer, type AnchorGround, followAnchors } from './follow-anchors.ts';
import { indexRecords, type IndexStats, type RecordIndex } from './index-records.ts';
import type { PathsOf } from './present-paths.ts';
import type { Repository } from './repository.ts';

/** How many anchors are in which state. */
export type AnchorCounts = Readonly<Record<AnchorState, number>>;

/** The JSON of `index`: counts of files, links and anchors; `ms` is the time that it took. */
export type AnchoredStats = IndexStats & { readonly anchors: AnchorCounts };

/** An index whose code anchors stand where they are today. */
export type AnchoredIndex = Omit<RecordIndex, 'stats'> & {
  readonly anchors: readonly AnchorAnswer[];
  readonly stats: AnchoredStats;
};

/** A tree of the past: the commit that has it, its files, and what is at its paths. */
export type PastTree = PathsOf & { readonly tree: string; readonly commit: string };

/** Reads every record, links them, and follows their code anchors to today's lines, or to those of a tree of the past. */
export async function indexWithAnchors(
  repository: Pick<Repository, 'files' | 'git' | 'clock'>,
  past?: PastTree,
): Promise<AnchoredIndex> {
  const started = repository.clock.now().getTime();
  const index = await indexRecords(repository, past);
  const ground = await anchorGround(repository, index, past);
  const anchors = await followAnchors(ground, index.records);
  const findings = [
    ...withoutFollowed(index.findings, index, anchors),
    ...(await dataFindings(repository, index)),
    ...anchors.flatMap((answer) => {
      const record = index.records.find(({ path }) => path === answer.record);
      return record === undefined ||
        (answer.followed.state !== 'moved' &&
          !index.graph.node(`file:${answer.followed.path}`)?.exists)
        ? []
        : anchorFindings({ ...answer, at: record.locate(['trail', 'code', answer.index]) });
    }),
  ].sort(compareFindings);
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    ...index,
    findings,
    anchors,
    graph: followedGraph(index.graph, anchors),
    stats: {
      ...index.stats,
      findings: { error: count('error'), warning: count('warning'), info: count('info') },
      anchors: countStates(anchors),
      ms: repository.clock.now().getTime() - started,
    },
  };
}

/** Of a working tree: what a tree of git holds says nothing of data that lie beside it. */
async function dataFindings(
  repository: Pick<Repository, 'files' | 'git'>,
  { records, present }: Pick<RecordIndex, 'records' | 'present'>,
): Promise<readonly Finding[]> {
  if (present.tree !== undefined) return [];
  const paths = records.flatMap((record) =>
    record.kind === 'evaluation' ? dataPaths(record.value) : [],
  );
  return missingDataFindings(records, await absentData(repository, [...new Set(paths)]));
}

/** Where the anchors of an index are followed. */
export async function anchorGround(
  { files, git }: Pick<Repository, 'files' | 'git'>,
  { present }: Pick<RecordIndex, 'present'>,
  past?: PastTree,
): Promise<AnchorGround> {
  const { at, paths, tree } = present;
  if (past) return { files, git, at, paths, commit: past.commit };
  return tree === undefined
    ? { files, git, at, paths }
    : { files: (await filesAt(git, tree)).files, git, at, paths, commit: tree };
}

function countStates(anchors: readonly AnchorAnswer[]): AnchorCounts {
  return Object.fromEntries(
    anchorStates.map((state) => [
      state,
      anchors.filter(({ followed }) => followed.state === state).length,
    ]),
  ) as Record<AnchorState, number>;
}

/** A link whose lines were found under another path leads somewhere. */
function withoutFollowed(
  findings: readonly Finding[],
  { records }: Pick<RecordIndex, 'records'>,
  anchors: readonly AnchorAnswer[],
): readonly Finding[] {
  const found = new Set(
    anchors.flatMap(({ record, index, followed }) => {
      if (!followed.now || followed.now.path === followed.path) return [];
      const at = records.find(({ path }) => path === record)?.locate(['trail', 'code', index]);
      return at ? [`${at.path}:${at.line}:${at.column}`] : [];
    }),
  );
  return findings.filter(
    ({ code, path, line, column }) =>
      code !== 'link/dangling' || !found.has(`${path}:${line}:${column}`),
  );
}
