import { type TrailStep, trailOfLines, trailOfRecord } from '../core/graph/trail-tree.ts';
import { mayCover, type SignedOver, withoutSignoffs } from '../core/graph/covering-signoffs.ts';
import { parsePayload, type SignoffPayload, signoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { isRecordId } from '../core/records/record-id.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { splitLines } from '../core/trails/anchored-lines.ts';
import { isPresent, type Presence } from '../core/trails/path-presence.ts';
import { countOf } from '../core/render/count-of.ts';
import { shellWord } from '../core/render/shell-word.ts';
import { treeOf } from './range-commits.ts';
import { CountersignError } from './errors.ts';
import { filesAt } from './files-at.ts';
import type { RecordIndex } from './index-records.ts';
import { type AnchoredIndex, indexWithAnchors, type PastTree } from './index-with-anchors.ts';
import { nearPath } from './near-path.ts';
import { noRecord } from './no-record.ts';
import { presentPaths } from './present-paths.ts';
import type { Repository } from './repository.ts';
import { readRefs } from './refs.ts';
import { resolveRevision } from './revisions.ts';
import { type SignoffStanding, standingOfSignoffs } from './signoff-standing.ts';

/** What a trail is asked of: a record, or lines of a file. */
export type TrailQuestion =
  | { readonly kind: 'record'; readonly id: string }
  | {
      readonly kind: 'lines';
      readonly path: string;
      readonly lines: readonly [number, number] | null;
    };

/** Parses `ID`, `PATH`, `PATH:LINE` or `PATH:LINE-LINE`; also the forms of findings and of forges, `PATH:LINE:COLUMN` and `PATH#L2-L4`. */
export function parseTrailQuestion(text: string): TrailQuestion {
  if (isRecordId(text)) return { kind: 'record', id: text };
  const found =
    /^(.+?):(\d+)(?:-(\d+))?$/.exec(text.replace(/(:\d+):\d+:?$/, '$1')) ??
    /^(.+)#L(\d+)(?:C\d+)?(?:-L?(\d+)(?:C\d+)?)?$/.exec(text);
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
  readonly index: AnchoredIndex;
  readonly signoffs: readonly SignoffStanding[];
}> {
  const past = at === undefined ? undefined : await repositoryAt(here, at);
  const repository = past ?? here;
  const index = await indexWithAnchors(repository, past);
  if (question.kind === 'record') {
    const step = trailOfRecord(index.graph, question.id);
    if (!step?.node.exists) throw noRecord(question.id, index, { records: index.records });
    return { step, index, signoffs: past ? [] : await standingOfSignoffs(here, signoffsIn(step)) };
  }
  await assertLines(repository, question);
  const known = index.present.at(question.path);
  // Whether an ignored file is there is known of anchored paths alone.
  const { at: presenceOf, paths } =
    past || isPresent(known) ? index.present : await presentPaths(here.git, [question.path]);
  const presence = presenceOf(question.path);
  const exists = isPresent(presence);
  const step = trailOfLines(index.graph, question.path, question.lines);
  if (!exists && step.steps.length === 0)
    throw noFile(question.path, { presence, paths: [...paths] }, index, at);
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
  { presence, paths }: { readonly presence: Presence; readonly paths: readonly string[] },
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
    (presence.kind === 'other-spelling' ? presence.spelled : nearPath(path, paths)) ??
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

async function repositoryAt(
  repository: Repository,
  revision: string,
): Promise<Repository & PastTree> {
  const commit = await resolveRevision(repository.git, await readRefs(repository.git), revision);
  const tree = await treeOf(repository.git, commit);
  return { ...repository, ...(await filesAt(repository.git, tree)), tree, commit };
}
