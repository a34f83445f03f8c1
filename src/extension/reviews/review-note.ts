import { type Comment, CommentMode, l10n, MarkdownString } from 'vscode';
import { commentMarkdown } from '../../core/render/comment-markdown.ts';
import type { ReviewComment } from '../../core/reviews/review-threads.ts';
import { oneLine } from '../tree/one-line.ts';
import type { ReviewDraft } from './review-drafts.ts';

/** A comment as the editor shows it, and what it stands for. The editor tells comments apart by identity. */
export type ReviewNote = Comment & {
  /** Key of its thread. */
  readonly thread: string;
  /** The event that wrote it; null for a draft of something new. */
  readonly event: string | null;
  /** The words as they were written, for the box in which they are edited. */
  readonly raw: string;
  readonly draft: ReviewDraft | null;
};

/** What somebody said. Its Markdown is a stranger's: no command, no HTML, no image. */
export function saidNote(
  thread: string,
  { event, by, at, body, edited, type }: ReviewComment,
  own: boolean,
): ReviewNote {
  const labels = [words(type), edited === null ? '' : l10n.t('edited')].filter(
    (label) => label !== '',
  );
  return {
    thread,
    event,
    raw: body,
    draft: null,
    body: new MarkdownString(commentMarkdown(body)),
    mode: CommentMode.Preview,
    author: { name: oneLine(by, 80) },
    timestamp: new Date(at),
    contextValue: own ? 'own' : 'other',
    ...(labels.length > 0 ? { label: labels.join(', ') } : {}),
  };
}

/** Words that are not written yet, in the box in which they are. */
export function draftNote(thread: string, draft: ReviewDraft): ReviewNote {
  return {
    thread,
    event: draft.event,
    raw: draft.body,
    draft,
    body: draft.body,
    mode: CommentMode.Editing,
    author: { name: l10n.t('You') },
    label: l10n.t('not written yet'),
    contextValue: 'draft',
  };
}

function words(type: ReviewComment['type']): string {
  if (type === 'resolve') return l10n.t('resolved it');
  if (type === 'reopen') return l10n.t('opened it again');
  if (type === 'finding') return l10n.t('finding');
  return type === 'suggest' ? l10n.t('suggestion') : '';
}
