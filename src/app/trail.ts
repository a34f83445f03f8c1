import type { Graph } from '../core/graph/graph.ts';
import { type TrailStep, trailOfLines, trailOfRecord } from '../core/graph/trail-tree.ts';
import { Graph as LinkGraph } from '../core/graph/graph.ts';
import { mayCover, type SignedOver, withoutSignoffs } from '../core/graph/covering-signoffs.ts';
import { parsePayload, type SignoffPayload, signoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { fileNode } from '../core/graph/record-links.ts';
import type { CodeAnchor } from '../core/records/code-anchor.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import { isRecordId } from '../core/records/record-id.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { type FollowedAnchor, followAnchor, splitLines } from '../core/trails/follow-anchor.ts';
import { countOf } from '../core/render/count-of.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { treeOf } from './range-commits.ts';
import { CountersignError } from './errors.ts';
import { filesAt } from './files-at.ts';
import { indexRecords, type RecordIndex } from './index-records.ts';
import { nearPath } from './near-path.ts';
import { noRecord } from './no-record.ts';
import type { Repository } from './repository.ts';
import { readRefs, resolveRevision } from './revisions.ts';
import { type SignoffStanding, standingOfSignoffs } from './signoff-standing.ts';

/** What a trail is asked of: a record, or lines of a file. */
export type TrailQuestion =
  | { readonly kind: 'record'; readonly id: string }
  | {
      readonly kind: 'lines';
      readonly path: string;
      readonly lines: readonly [number, number] | null;
    };

/** Parses `ID`, `PATH`, `PATH:LINE` or `PATH:LINE-LINE`. */
export function parseTrailQuestion(text: string): TrailQuestion {
  if (isRecordId(text)) return { kind: 'record', id: text };
  const found = /^(.+?):(\d+)(?:-(\d+))?$/.exec(text);
  if (!found) return { kind: 'lines', path: text, lines: null };
  const first = Number(found[2]);
  const last = Number(found[3] ?? found[2]);
  if (first < 1 || last < first)
    throw new CountersignError(
      'usage/lines',
      `${text} names no lines`,
      'write PATH:LINE or PATH:FIRST-LAST, from 1',
    );
  return { kind: 'lines', path: found[1] as string, lines: [first, last] };
}

/**
 * The provenance of a record or of lines, both ways. Anchors are followed to today's lines first.
 *
 * @param at a revision: the provenance as it stood then, without what its sign-offs are worth today
 */
export async function trail(
  here: Repository,
  question: TrailQuestion,
  at?: string,
): Promise<{
  readonly step: TrailStep;
  readonly index: RecordIndex;
  readonly signoffs: readonly SignoffStanding[];
}> {
  const past = at === undefined ? undefined : await repositoryAt(here, at);
  const repository = past ?? here;
  const index = await indexRecords(repository, past);
  if (question.kind === 'record') {
    const step = trailOfRecord(index.graph, question.id);
    if (!step?.node.exists) throw noRecord(question.id, index, { records: index.records });
    return { step, index, signoffs: past ? [] : await standingOfSignoffs(here, signoffsIn(step)) };
  }
  await assertLines(repository, question);
  const exists = past ? past.paths.has(question.path) : await hasFile(repository, question.path);
  const graph = await withTodaysLines(repository, index, question.path);
  const step = trailOfLines(graph, question.path, question.lines);
  if (!exists && step.steps.length === 0)
    throw noFile(question.path, past ? [...past.paths] : await pathsHere(repository), index, at);
  const signoffs = past ? [] : await standingOfSignoffs(here, signoffsIn(step));
  const covers = new Map(
    past
      ? await Promise.all(
          signoffsIn(step).map(async (file) => [file, await listedIn(past, file)] as const),
        )
      : signoffs.map((standing) => [standing.file, standing.covers] as const),
  );
  const covering = (file: string): boolean => mayCover(covers.get(file) ?? null, question.path);
  return {
    step: withoutSignoffs({ ...step, node: { ...step.node, exists } }, covering),
    index,
    signoffs: signoffs.filter(({ file }) => covering(file)),
  };
}

/** The files that a sign-off of the past lists. Nobody verifies it: by this it is left out alone, and nothing is said of its worth. */
async function listedIn({ files }: Pick<Repository, 'files'>, file: string): Promise<SignedOver> {
  const read = readSignedFile('signoff', (await files.read(file)) ?? new Uint8Array());
  const parsed = read.ok ? parsePayload<SignoffPayload>(signoffPayload, read.json) : null;
  return parsed?.ok ? (parsed.value.manifest?.map(([path]) => path) ?? 'whole-change') : null;
}

function signoffsIn({ node, steps }: TrailStep): readonly string[] {
  return [
    ...new Set([
      ...(node.kind === 'signoff' && node.path !== null ? [node.path] : []),
      ...steps.flatMap(signoffsIn),
    ]),
  ];
}

/** Lines that a file does not have have no provenance: whoever asks for them has another file in mind. */
async function assertLines(
  { files }: Pick<Repository, 'files'>,
  { path, lines }: Extract<TrailQuestion, { kind: 'lines' }>,
): Promise<void> {
  const bytes = lines === null ? null : await files.read(path).catch(() => null);
  if (lines === null || bytes === null) return;
  const count = splitLines(bytes).length;
  if (lines[0] > count)
    throw new CountersignError(
      'usage/lines',
      `${path} has ${countOf(count, 'line')}, and ${lines[0]} is past its end`,
      `ask for the whole file: countersign trail ${shellWord(path)}`,
    );
}

/** A path at which nothing is, and behind which nothing stands, is mistyped: an answer would look like one about a file. */
function noFile(
  path: string,
  paths: readonly string[],
  { records, unreadable }: RecordIndex,
  at?: string,
): CountersignError {
  const place = at === undefined ? 'here' : `at ${at}`;
  const command = (meant: string): string =>
    `countersign trail ${shellWord(meant)}${at === undefined ? '' : ` --at ${shellWord(at)}`}`;
  const behind = `no record ${unreadable.length > 0 ? 'that can be read ' : ''}stands behind it`;
  const inside = paths.find((known) => known.startsWith(`${path.replace(/\/$/, '')}/`));
  if (inside !== undefined)
    return new CountersignError(
      'trail/no-file',
      `${path} is a folder ${place}, and ${behind}`,
      `name a file in it: ${command(inside)}`,
    );
  const near =
    nearPath(path, paths) ??
    nearestName(
      path,
      records.flatMap(({ id }) => id ?? []),
    );
  return new CountersignError(
    'trail/no-file',
    `there is no file ${path} ${place}, and ${behind}`,
    near === null
      ? 'name a file from the top of the repository or from this folder, or a record: countersign list decisions'
      : `did you mean ${near}? ${command(near)}`,
  );
}

async function pathsHere({ git }: Pick<Repository, 'git'>): Promise<readonly string[]> {
  const out = await git.run([
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
    ':(top)',
  ]);
  return new TextDecoder()
    .decode(out.stdout)
    .split('\0')
    .filter((path) => path !== '');
}

/** Whether a file is there, tracked or not. */
async function hasFile({ git }: Pick<Repository, 'git'>, path: string): Promise<boolean> {
  const out = await git.run(['ls-files', '-z', '--cached', '--others', '--', `:(literal)${path}`]);
  return new TextDecoder().decode(out.stdout).split('\0').includes(path);
}

async function repositoryAt(
  repository: Repository,
  revision: string,
): Promise<Repository & { readonly tree: string; readonly paths: ReadonlySet<string> }> {
  const commit = await resolveRevision(repository.git, await readRefs(repository.git), revision);
  const tree = await treeOf(repository.git, commit);
  return { ...repository, ...(await filesAt(repository.git, tree)), tree };
}

/** The graph with the anchors of one file at the lines where they are today; those whose lines are lost stand for the whole file. */
export async function withTodaysLines(
  repository: Repository,
  index: RecordIndex,
  path: string,
): Promise<Graph> {
  const { graph } = index;
  const anchors = graph.incoming(fileNode(path)).filter(({ kind }) => kind === 'code');
  if (anchors.length === 0) return graph;
  const bytes = await repository.files.read(path).catch(() => null);
  const moved = new Map<(typeof anchors)[number], readonly [number, number] | null>();
  for (const edge of anchors) {
    const anchor = anchorsOf(index.records.find(({ id }) => id === edge.from)).find(
      (item) =>
        item.path === path &&
        item.lines[0] === edge.lines?.[0] &&
        item.lines[1] === edge.lines?.[1],
    );
    if (anchor)
      moved.set(
        edge,
        followAnchor(anchor, bytes, await bytesThen(repository, anchor)).now?.lines ?? null,
      );
  }
  return new LinkGraph(
    graph.nodes,
    graph.edges.map((edge) =>
      moved.has(edge) ? { ...edge, lines: moved.get(edge) ?? null } : edge,
    ),
  );
}

export function anchorsOf(record: ParsedRecord | undefined): readonly CodeAnchor[] {
  if (record?.kind !== 'decision' && record?.kind !== 'feedback') return [];
  return record.value.trail?.code ?? [];
}

/** Follows every anchor of a record, in its order. */
export async function followAnchors(
  repository: Repository,
  id: string,
): Promise<readonly FollowedAnchor[]> {
  const index = await indexRecords(repository);
  const record = index.records.find((candidate) => candidate.id === id);
  if (!record)
    throw noRecord(id, index, { records: index.records, look: 'countersign list decisions' });
  return Promise.all(
    anchorsOf(record).map(async (anchor) =>
      followAnchor(
        anchor,
        await repository.files.read(anchor.path).catch(() => null),
        await bytesThen(repository, anchor),
      ),
    ),
  );
}

/** The file at the anchor's commit, where only that says what its lines were. */
async function bytesThen({ git }: Repository, anchor: CodeAnchor): Promise<Uint8Array | null> {
  if (anchor.digest !== undefined || anchor.commit === undefined) return null;
  const out = await git.run(['cat-file', 'blob', `${anchor.commit}:${anchor.path}`]);
  return out.code === 0 ? out.stdout : null;
}
