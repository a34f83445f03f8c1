import { editRecord, type RecordEdit } from '../core/records/edit-record.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { type FileLines, fileLines, linesDigest } from '../core/trails/anchored-lines.ts';
import { acceptName, placeText } from '../core/trails/anchor-findings.ts';
import { missedSymbol } from '../core/trails/follow-anchor.ts';
import { type FollowedAnchor, isProved } from '../core/trails/followed-anchor.ts';
import { CountersignError } from './errors.ts';
import { type AnchorAnswer, type AnchorGround, followAnchors } from './follow-anchors.ts';
import { namedBlobs, objectIds } from './git-blobs.ts';
import { indexRecords } from './index-records.ts';
import { anchorGround } from './index-with-anchors.ts';
import { noRecord } from './no-record.ts';
import { anchorsOf } from './record-anchors.ts';
import { storedBytes } from './stored-bytes.ts';
import type { Repository } from './repository.ts';

/** What became of an anchor: whether its record holds it anew. */
export type WrittenAnchor = AnchorAnswer & { readonly written: boolean };

/**
 * Writes today's path, lines, digest and commit into the anchors of a record: those whose text is proved, those that nothing
 * ever held by more than numbers and whose file is still what it was when they were written, and those that a person confirms.
 *
 * @param proved whether those that are proved are written too, or the confirmed ones alone
 * @throws CountersignError `anchor/accept` where a confirmed one has no place, `record/none`
 */
export async function writeAnchors(
  repository: Repository,
  id: string,
  {
    accept = [],
    proved = true,
  }: { readonly accept?: readonly number[]; readonly proved?: boolean } = {},
): Promise<readonly WrittenAnchor[]> {
  const index = await indexRecords(repository);
  const record = index.records.find((candidate) => candidate.id === id);
  if (!record)
    throw noRecord(id, index, { records: index.records, look: 'countersign list decisions' });
  const ground = await anchorGround(repository, index);
  const shown = await followAnchors(ground, [record]);
  const answers = proved ? await withFirstProof(ground, record, shown) : shown;
  const chosen = answers.map((answer, at) =>
    accept.includes(at) ? confirmed(answer) : proved && isProved(answer.followed),
  );
  const missing = accept.find((at) => answers[at] === undefined);
  if (missing !== undefined)
    throw new CountersignError(
      'anchor/accept',
      `${id} has no anchor ${missing + 1}: it has ${answers.length}, counted from 1`,
      `see them: countersign anchors ${id}`,
    );
  const edits = await editsOf(
    ground,
    answers.filter((_, at) => chosen[at]),
  );
  const bytes = (await repository.files.read(record.path)) ?? new Uint8Array();
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const edited = editRecord(text, edits);
  if (edited !== text) await repository.files.write(record.path, new TextEncoder().encode(edited));
  return answers.map((answer, at) => ({ ...answer, written: chosen[at] === true }));
}

/**
 * An anchor with neither digest nor commit is held by the commit that brought it into its record; one that is in no commit yet
 * was typed over the lines that are here.
 */
async function withFirstProof(
  ground: AnchorGround,
  record: ParsedRecord,
  shown: readonly AnchorAnswer[],
): Promise<readonly AnchorAnswer[]> {
  if (!shown.some(isBare)) return shown;
  const held = await followAnchors(ground, [record], { origins: true });
  const stored = await storedAnchors(ground, record);
  return held.map((answer) => {
    if (!isBare(answer)) return answer;
    return stored.has(nameOf(answer.anchor)) || isMissed(answer)
      ? answer
      : {
          ...answer,
          followed: {
            ...answer.followed,
            state: 'exact',
            why: 'the record is new, and names these lines',
          },
        };
  });
}

function isBare({ anchor, followed }: AnchorAnswer): boolean {
  return (
    followed.state === 'unproven' && anchor.digest === undefined && anchor.commit === undefined
  );
}

/** Lines that are not those of the symbol beside them are a slip in one of both. */
function isMissed({ anchor, today }: AnchorAnswer): boolean {
  return today !== null && missedSymbol(anchor, today) !== null;
}

function nameOf({ path, lines }: AnchorAnswer['anchor']): string {
  return JSON.stringify([path, lines]);
}

/** The anchors that the last commit's version of a record has. */
async function storedAnchors(
  { git }: AnchorGround,
  record: ParsedRecord,
): Promise<ReadonlySet<string>> {
  const name = `HEAD:${record.path}`;
  const bytes = (await namedBlobs(git, [name])).get(name);
  const stored = bytes ? parseRecord(record.path, bytes).record : null;
  return new Set(anchorsOf(stored ?? undefined).map(nameOf));
}

function confirmed({ id, index, followed }: AnchorAnswer): boolean {
  if (followed.now !== null) return true;
  throw new CountersignError(
    'anchor/accept',
    `${acceptName(id, index)} (${placeText(followed)}) has no place today that could be confirmed: ${followed.why}`,
    'write the path and the lines that are meant into the record, take its digest and commit away, and run countersign anchors --write',
  );
}

function unread(id: string, index: number, followed: FollowedAnchor): CountersignError {
  return new CountersignError(
    'anchor/accept',
    `${acceptName(id, index)} (${placeText(followed)}) cannot be looked at here: ${followed.why}`,
    'confirm it where its file can be read',
  );
}

async function editsOf(
  ground: AnchorGround,
  answers: readonly AnchorAnswer[],
): Promise<readonly RecordEdit[]> {
  const today = await filesToday(ground, answers);
  const head = (await objectIds(ground.git, ['HEAD^{commit}'])).get('HEAD^{commit}') ?? null;
  const names = answers.flatMap(({ followed: { now } }) => (now ? [`${head}:${now.path}`] : []));
  const blobs = head === null ? new Map() : await namedBlobs(ground.git, [...new Set(names)]);
  return answers.flatMap(({ id, anchor, index, followed }): readonly RecordEdit[] => {
    const { now } = followed;
    const digest = now && digestOf(today.get(now.path), now.lines);
    if (!now || digest === null) throw unread(id, index, followed);
    const at = ['trail', 'code', index] as const;
    const landed = blobs.get(`${head}:${now.path}`);
    const commit =
      head !== null && landed && digestOf(fileLines(landed), now.lines) === digest
        ? head
        : undefined;
    const moved = now.path !== anchor.path || now.lines.some((line, n) => line !== anchor.lines[n]);
    const recounted = anchor.commit !== undefined && (moved || anchor.digest === undefined);
    return [
      ...(now.path === anchor.path ? [] : [{ path: [...at, 'path'], value: now.path }]),
      { path: [...at, 'lines', 0], value: now.lines[0] },
      { path: [...at, 'lines', 1], value: now.lines[1] },
      { path: [...at, 'digest'], value: digest },
      // The commit is the one in which these lines are counted; no commit holds what is not committed yet.
      ...(recounted && (moved || commit !== undefined)
        ? [{ path: [...at, 'commit'], value: commit }]
        : []),
    ];
  });
}

async function filesToday(
  { files, git }: AnchorGround,
  answers: readonly AnchorAnswer[],
): Promise<ReadonlyMap<string, FileLines>> {
  const read = new Map<string, Uint8Array>();
  for (const { followed } of answers) {
    const path = followed.now?.path;
    const bytes = path === undefined || read.has(path) ? null : await files.read(path);
    if (bytes !== null && path !== undefined) read.set(path, bytes);
  }
  const stored = await storedBytes(git, read);
  return new Map([...stored].map(([path, bytes]) => [path, fileLines(bytes)]));
}

function digestOf(
  file: FileLines | undefined,
  [first, last]: readonly [number, number],
): string | null {
  return file ? linesDigest(file.bytes, first, last) : null;
}
