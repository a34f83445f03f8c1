import type { Finding } from '../core/finding/finding.ts';
import { duplicateFindings } from '../core/feedback/duplicate-findings.ts';
import { treeEntry } from '../core/gate/raw-diff.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import { parseRecord } from '../core/records/parse-record.ts';
import { metricFindings } from '../core/reports/known-metrics.ts';
import {
  alteredResultFinding,
  replaceResult,
  restoreResult,
} from '../core/reports/altered-result.ts';
import type { Change } from './change.ts';
import { lostRecordFindings } from './lost-records.ts';
import { missingHistory } from './missing-history.ts';
import type { Git } from './ports.ts';
import { readTreeFiles } from './tree-files.ts';

/** Files of the policy are judged by the policy's own rule, signed files by theirs; results by the evidence, and below by their names. */
const judgedElsewhere: ReadonlySet<string | null> = new Set([
  null,
  'signoff',
  'exception',
  'result',
  'policy',
]);

/**
 * Parses every record that a change adds or changes. A record that the change leaves alone was judged when it landed. `skipped`
 * are those that nobody could look into: links, and files larger than any record. Each has a finding besides.
 *
 * @param options `stagedAlone` where a commit waits: what its branch brought before is looked at when it is pushed
 */
export async function changedRecordFindings(
  git: Git,
  {
    entries: all,
    tip,
    lands,
    landed,
    commits,
  }: Pick<Change, 'entries' | 'tip' | 'lands' | 'landed' | 'commits'>,
  { stagedAlone = false }: { readonly stagedAlone?: boolean } = {},
): Promise<{
  readonly findings: readonly Finding[];
  readonly examined: number;
  readonly skipped: number;
}> {
  const staged = new Set(
    commits.flatMap(({ oid, touched }) =>
      oid === 'pending' ? touched.map(({ path }) => path.raw) : [],
    ),
  );
  const entries = stagedAlone ? all.filter(({ path }) => staged.has(path.raw)) : all;
  const changed = entries.filter(
    ({ path, newMode }) =>
      path.text !== null && newMode !== '000000' && !judgedElsewhere.has(kindOfPath(path.text)),
  );
  const odd = changed.filter(({ newMode }) => newMode === '120000' || newMode === '160000');
  const plain = changed.filter((entry) => !odd.includes(entry));
  const files = await readTreeFiles(
    git,
    plain.map(({ path, newMode: mode, newOid: oid }) => treeEntry(path, { mode, oid })),
  );
  const parsed = files.map(({ path, bytes }) =>
    parseRecord(path, bytes ?? new Uint8Array(1024 * 1024 + 1)),
  );
  const records = parsed.flatMap(({ record }) => record ?? []);
  return {
    findings: [
      ...odd.map(
        ({ path }): Finding => ({
          code: 'record/not-a-file',
          severity: 'error',
          message: 'a record must be a plain file, and this is a link or a submodule',
          path: path.text as string,
          line: 1,
          column: 1,
          fix: 'put the file itself here',
        }),
      ),
      ...parsed.flatMap(({ findings }) => findings),
      // Which names there are, and what rests on what, is a matter of today, and makes no old landing a bad one.
      ...(landed ? [] : metricFindings(records)),
      ...(landed ? [] : duplicateFindings(records)),
      ...(await alteredResults(git, { entries, tip })),
      ...(landed ? [] : await lostRecordFindings(git, { entries, tip, lands })),
    ],
    examined: changed.length,
    skipped: odd.length + files.filter(({ bytes }) => bytes === null).length,
  };
}

/** Results that a change brings or edits and that are not what was measured, whether or not a rule asks for one: a report would show them. */
async function alteredResults(
  git: Git,
  { entries, tip }: Pick<Change, 'entries' | 'tip'>,
): Promise<readonly Finding[]> {
  const brought = entries.filter(
    ({ path, newMode }) =>
      path.text !== null &&
      kindOfPath(path.text) === 'result' &&
      newMode !== '000000' &&
      newMode !== '160000',
  );
  const digests =
    brought.length === 0
      ? new Map<string, string>()
      : await git.sha256(brought.map(({ newOid }) => newOid));
  const missing = brought.find(({ newOid }) => !digests.has(newOid));
  if (missing)
    throw await missingHistory(git, `the content of ${missing.path.text} is not in this clone`);
  return brought.flatMap(({ path, oldMode, newOid }) => {
    const file = path.text as string;
    const digest = digests.get(newOid) as string;
    return (
      alteredResultFinding(
        file,
        digest,
        oldMode === '000000' ? replaceResult(file) : restoreResult(file, tip),
      ) ?? []
    );
  });
}
