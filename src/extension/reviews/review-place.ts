import { l10n, type TextDocument, type Uri } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { Repository } from '../../app/repository.ts';
import { kindOfPath, recordName } from '../../core/records/kind-of-path.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';

const reviewed: ReadonlySet<string | null> = new Set([
  'feedback',
  'decision',
  'slice',
  'evaluation',
]);

/** A record that can be commented on: of a kind that has an id, in a folder in which something may be written. */
export type ReviewPlace = {
  readonly session: FolderSession;
  readonly repository: Repository;
  readonly path: string;
  readonly record: string;
};

/** Where comments on a file go; null where it is no such record. */
export function reviewPlace(model: ModelWorkspace, uri: Uri): ReviewPlace | null {
  const session = model.sessionOf(uri);
  const path = session?.path(uri) ?? null;
  const repository = session?.state.kind === 'ready' ? session.state.repository : null;
  return session && repository && path !== null && reviewed.has(kindOfPath(path))
    ? { session, repository, path, record: recordName(path) }
    : null;
}

/** @throws CountersignError `review/place` where nothing can be said of the file */
export function mustReview(model: ModelWorkspace, uri: Uri): ReviewPlace {
  const place = reviewPlace(model, uri);
  if (place) return place;
  throw new CountersignError(
    'review/place',
    l10n.t('comments are written on records, in a trusted folder on disk'),
    l10n.t('open a decision, a feedback item, a slice or an evaluation'),
  );
}

/** Whether a document is a record that can be commented on. */
export function isReviewable(model: ModelWorkspace, document: TextDocument): boolean {
  return reviewPlace(model, document.uri) !== null;
}
