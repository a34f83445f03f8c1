import type { Finding } from '../core/finding/finding.ts';
import { recordLinks } from '../core/graph/record-links.ts';
import { kindOfPath, recordName } from '../core/records/kind-of-path.ts';
import { type ParsedRecord, parseRecord } from '../core/records/parse-record.ts';
import { isNamedKind, type RecordKind } from '../core/records/record-kind.ts';
import { shellWord } from '../core/render/shell-word.ts';
import type { Change } from './change.ts';
import type { Git } from './ports.ts';
import { listTree, readTreeFiles } from './tree-files.ts';

/** An escape can spell a name otherwise. */
const backslash = '\\';

const recordsFolder = '.countersign/';

/**
 * Records that a change deletes and that what lands still rests on: a person's words, a decision, a slice or an evaluation
 * would be gone, and what names it would stand on nothing.
 */
export async function lostRecordFindings(
  git: Git,
  { entries, tip, lands }: Pick<Change, 'entries' | 'tip' | 'lands'>,
): Promise<readonly Finding[]> {
  const lost = new Map(
    entries.flatMap(({ path, newMode }) =>
      newMode === '000000' && path.text !== null && isNamed(path.text)
        ? [[recordName(path.text), path.text] as const]
        : [],
    ),
  );
  if (lost.size === 0) return [];
  const holding =
    lost.size <= fewNames
      ? await git.holding(lands, recordsFolder, [...lost.keys(), backslash])
      : null;
  const listed = (await listTree(git, lands, [recordsFolder])).filter(
    ({ path, mode }) =>
      path.text !== null &&
      mode !== '120000' &&
      isNamed(path.text) &&
      (holding === null || holding.has(path.raw)),
  );
  const records = (await readTreeFiles(git, listed)).flatMap(
    ({ path, bytes }) => parseRecord(path, bytes ?? new Uint8Array()).record ?? [],
  );
  return records.flatMap((record) =>
    recordLinks(record)
      .filter(({ to }) => lost.has(to) && !records.some(({ id }) => id === to))
      .map(({ to, at }) => lostFinding(record, { id: to, path: lost.get(to) as string, tip }, at)),
  );
}

/** Up to so many names git looks for them faster than all records can be read. */
const fewNames = 64;

function isNamed(path: string): boolean {
  const kind = kindOfPath(path);
  return kind !== null && isNamedKind(kind as RecordKind);
}

type Lost = { readonly id: string; readonly path: string; readonly tip: string };

function lostFinding(
  record: ParsedRecord,
  { id, path, tip }: Lost,
  at: Parameters<ParsedRecord['locate']>[0],
): Finding {
  return {
    code: 'record/lost',
    severity: 'error',
    message: `${id} is deleted, and ${record.id} still rests on it`,
    fix: `bring it back: git restore --staged --worktree --source=${tip.slice(0, 12)} -- ${shellWord(path)}; or take it out of ${record.id}`,
    ...record.locate(at),
  };
}
