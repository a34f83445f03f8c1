import { l10n } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { Repository } from '../../app/repository.ts';
import { readStoredResult } from '../../app/stored-result.ts';
import type { NamedRecord, ReportSnapshot } from '../../core/render/report-page.ts';
import type { ParsedRecord } from '../../core/records/parse-record.ts';
import { judgedSentence, targetSentence } from '../../core/reports/rejudge.ts';
import type { EvaluationResult } from '../../core/reports/result.ts';
import { statusText, titleText } from '../records/record-text.ts';
import type { RecordIndex } from '../workspace/record-index.ts';

type Stored = NonNullable<ReportSnapshot['stored']>;
type Candidate = { readonly stored: Stored; readonly stale: readonly string[]; readonly stamp: string };

/**
 * Everything that the page shows of an evaluation: the result that answers today's plan, else the one that is nearest to
 * it, with what changed since.
 */
export async function loadReport(repository: Repository, index: RecordIndex, id: string): Promise<ReportSnapshot> {
  const record = index.byId.get(id);
  if (record?.kind !== 'evaluation') throw new CountersignError('record/none', l10n.t('there is no evaluation {0} that could be read', id), l10n.t('see the Problems panel'));
  const best = await bestResult(repository, id);
  const { decisions, feedback } = askedBy(index, id);
  return {
    id,
    title: titleText(record.value.title),
    question: record.value.question ?? null,
    path: record.path,
    decisions,
    feedback,
    stored: best?.stored ?? null,
    stale: best?.stale ?? [],
    sentence: best ? judgedSentence(best.stored.result.targets, id) : '',
    targets: (best?.stored.result.targets ?? []).map(targetSentence),
    runnable: true,
  };
}

/** Results carry no time: the one with the fewest changes since comes first, then the one that was written last. */
async function bestResult({ files }: Repository, id: string): Promise<Candidate | null> {
  const entries = await files.list(`.countersign/results/${id}`);
  const candidates: Candidate[] = [];
  for (const { path, kind, stamp } of entries) {
    const bytes = kind === 'file' ? await files.read(path) : null;
    const result = bytes ? readStoredResult(new TextDecoder().decode(bytes)) : null;
    if (result) candidates.push({ stored: { path, result }, stale: await changedSince(files, result), stamp });
  }
  return candidates.sort((a, b) => a.stale.length - b.stale.length || b.stamp.localeCompare(a.stamp))[0] ?? null;
}

/** Files that decide what was measured, and data, whose bytes are others now. */
async function changedSince(files: Repository['files'], { plan, inputs }: EvaluationResult): Promise<readonly string[]> {
  const changed = await Promise.all([...plan, ...inputs].map(async ({ path, sha256 }) => ((await files.sha256(path)) === sha256 ? [] : [path])));
  return [...new Set(changed.flat())];
}

function askedBy(index: RecordIndex, id: string): { readonly decisions: readonly NamedRecord[]; readonly feedback: readonly NamedRecord[] } {
  const citing = index.decisions.filter(({ value }) => value.evaluations?.includes(id));
  const asked = [...new Set(citing.flatMap(({ value }) => value.feedback ?? []))];
  return { decisions: citing.flatMap((decision) => named(index.byId.get(decision.id))), feedback: asked.flatMap((item) => named(index.byId.get(item))) };
}

function named(record: ParsedRecord | undefined): readonly NamedRecord[] {
  if (record?.kind !== 'decision' && record?.kind !== 'feedback') return [];
  return [{ id: record.value.id, title: titleText(record.value.title), status: statusText(record.value.status), path: record.path }];
}
