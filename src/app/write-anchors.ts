import { editRecord, type RecordEdit } from '../core/records/edit-record.ts';
import { type FollowedAnchor, linesDigest, splitLines } from '../core/trails/follow-anchor.ts';
import { CountersignError } from './errors.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';
import { anchorsOf, followAnchors } from './trail.ts';

/** Writes today's lines and their digest into the anchors that were found again. What was lost or rewritten stays as it is: a person has to look. */
export async function writeAnchors(
  repository: Repository,
  id: string,
): Promise<readonly FollowedAnchor[]> {
  const followed = await followAnchors(repository, id);
  const record = (await indexRecords(repository)).records.find((candidate) => candidate.id === id);
  const bytes = record ? await repository.files.read(record.path) : null;
  if (!record || bytes === null)
    throw new CountersignError(
      'record/none',
      `there is no record ${id}`,
      'countersign list decisions',
    );
  const edits = await Promise.all(
    followed.map(async (anchor, index) =>
      editsOf(repository, anchor, index, anchorsOf(record)[index]?.digest),
    ),
  );
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const edited = editRecord(text, edits.flat());
  if (edited !== text) await repository.files.write(record.path, new TextEncoder().encode(edited));
  return followed;
}

async function editsOf(
  { files }: Repository,
  { state, now }: FollowedAnchor,
  index: number,
  digest: string | undefined,
): Promise<readonly RecordEdit[]> {
  if (
    now === null ||
    (state !== 'exact' && state !== 'moved') ||
    (state === 'exact' && digest !== undefined)
  )
    return [];
  const bytes = await files.read(now.path);
  const today = bytes === null ? null : linesDigest(splitLines(bytes), now.lines[0], now.lines[1]);
  if (today === null) return [];
  const at = ['trail', 'code', index] as const;
  return [
    { path: [...at, 'lines', 0], value: now.lines[0] },
    { path: [...at, 'lines', 1], value: now.lines[1] },
    { path: [...at, 'digest'], value: today },
  ];
}
