import {
  type CommentController,
  type CommentThread,
  CommentThreadCollapsibleState,
  CommentThreadState,
  CommentMode,
  type Disposable,
  l10n,
  Range,
  Uri,
  window,
} from 'vscode';
import type { PlacedThread } from '../../app/reviews.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { ReviewDraft, ReviewDrafts } from './review-drafts.ts';
import { draftNote, type ReviewNote, saidNote } from './review-note.ts';
import { threadLabel } from './thread-label.ts';

/** A thread that the editor shows, what it stands for, and what it was last told. */
type Shown = {
  readonly thread: CommentThread;
  readonly session: FolderSession;
  review: PlacedThread | null;
  told: string;
};

/**
 * Keeps the editor's comment threads in step with the events on disk. A thread is told what changed of it and nothing
 * else: what somebody types into it stays, and nothing flickers.
 */
export class ReviewBoard implements Disposable {
  readonly #controller: CommentController;
  readonly #drafts: ReviewDrafts;
  readonly #shown = new Map<string, Shown>();
  /** Who is at the machine, as events name people, by git directory. */
  readonly #people = new Map<string, string>();

  constructor(controller: CommentController, drafts: ReviewDrafts) {
    this.#controller = controller;
    this.#drafts = drafts;
  }

  /** The threads that are shown, by key. */
  get threads(): ReadonlyMap<string, CommentThread> {
    return new Map([...this.#shown].map(([key, { thread }]) => [key, thread]));
  }

  /** Keys of the threads of one file, in the order in which they were made. */
  keysOf(uri: string): readonly string[] {
    return [...this.#shown].flatMap(([key, { thread }]) =>
      thread.uri.toString() === uri ? [key] : [],
    );
  }

  /** Every comment that is shown. */
  get notes(): readonly ReviewNote[] {
    return [...this.#shown.values()].flatMap(
      ({ thread }) => thread.comments as readonly ReviewNote[],
    );
  }

  /** What a thread of the editor stands for; undefined for one that somebody has just opened. */
  find(thread: CommentThread):
    | {
        readonly key: string;
        readonly session: FolderSession;
        readonly review: PlacedThread | null;
      }
    | undefined {
    const found = [...this.#shown].find(([, shown]) => shown.thread === thread);
    return found && { key: found[0], ...found[1] };
  }

  /** A new thread without comments, such as the editor makes where a person opens a box. */
  open(uri: Uri, range: Range): CommentThread {
    return this.#controller.createCommentThread(uri, range, []);
  }

  threadOf(key: string): CommentThread | undefined {
    return this.#shown.get(key)?.thread;
  }

  /** Who writes in a folder, so that people can edit their own words. */
  know(gitDir: string, person: string): void {
    this.#people.set(gitDir, person);
  }

  /**
   * Takes over a thread that somebody opened and that is about to be written, so that it does not come as a second one.
   *
   * @returns what undoes it, where it could not be written
   */
  adopt(session: FolderSession, uri: Uri, id: string, thread: CommentThread): () => void {
    const key = keyOf(uri, id);
    const before = [...this.#shown].find(([, shown]) => shown.thread === thread);
    if (before) this.#shown.delete(before[0]);
    this.#shown.set(key, { thread, session, review: null, told: awaited });
    return () => {
      this.#shown.delete(key);
      if (before) this.#shown.set(...before);
    };
  }

  /** Brings every thread up to date with what the folders' records say. */
  update({ sessions }: ModelWorkspace): void {
    const wanted = new Set<string>();
    for (const session of sessions) {
      if (session.state.kind !== 'ready') continue;
      for (const review of session.state.index.reviews) {
        if (review.path !== null) wanted.add(this.#show(session, session.uri(review.path), review));
      }
      for (const draft of this.#drafts.all.filter(
        ({ thread, uri }) => thread === null && session.path(Uri.parse(uri)) !== null,
      ))
        wanted.add(this.#showDraft(session, draft));
    }
    for (const [key, shown] of this.#shown) {
      if (!wanted.has(key)) this.#leave(key, shown, sessions);
    }
  }

  /** Shows one thread anew from what is known of it, as after its drafts or its modes changed. */
  retell(key: string): void {
    const shown = this.#shown.get(key);
    if (!shown) return;
    shown.told = '';
    if (shown.review && shown.session.state.kind === 'ready')
      this.#show(shown.session, shown.thread.uri, shown.review);
  }

  dispose(): void {
    for (const { thread } of this.#shown.values()) thread.dispose();
    this.#shown.clear();
  }

  #show(session: FolderSession, uri: Uri, review: PlacedThread): string {
    const key = keyOf(uri, review.thread.id);
    const repository = session.state.kind === 'ready' ? session.state.repository : null;
    const drafts = this.#drafts.all.filter(({ thread }) => thread === key);
    const me = repository ? this.#people.get(repository.gitDir) : undefined;
    const told = JSON.stringify([
      review.thread.comments,
      review.thread.state,
      review.placed,
      drafts,
      me,
      repository === null,
    ]);
    const known = this.#shown.get(key);
    if (known?.told === told) return key;
    const thread =
      known?.thread ??
      this.#controller.createCommentThread(uri, rangeOf(review) ?? new Range(0, 0, 0, 0), []);
    const said = review.thread.comments.map((comment) =>
      saidNote(key, comment, comment.by === me && repository !== null),
    );
    const before = thread.comments as readonly ReviewNote[];
    thread.comments = withDrafts(
      kept(before, said),
      drafts,
      (draft) => before.find((note) => note.draft?.id === draft.id) ?? draftNote(key, draft),
    );
    tell(thread, review, repository === null);
    this.#shown.set(key, { thread, session, review, told });
    return key;
  }

  /** A draft of a new thread stands where it was going to begin. */
  #showDraft(session: FolderSession, draft: ReviewDraft): string {
    const key = `draft#${draft.id}`;
    const known = this.#shown.get(key);
    if (known) return key;
    const thread = this.#controller.createCommentThread(
      Uri.parse(draft.uri),
      new Range(draft.lines[0], 0, draft.lines[1], 0),
      [draftNote(key, draft)],
    );
    thread.canReply = false;
    thread.contextValue = 'draft';
    thread.label = l10n.t('Not written yet');
    thread.collapsibleState = CommentThreadCollapsibleState.Expanded;
    this.#shown.set(key, { thread, session, review: null, told: draft.body });
    return key;
  }

  /**
   * A thread whose events are gone, as on another branch. As long as somebody looks at the record it stays, since they may
   * be typing into it; what they then write joins the thread when the branches meet.
   */
  #leave(key: string, shown: Shown, sessions: ModelWorkspace['sessions']): void {
    const { thread, session, review, told } = shown;
    if (sessions.includes(session) && (session.state.kind !== 'ready' || told === awaited)) return;
    const looked = window.visibleTextEditors.some(
      ({ document }) => document.uri.toString() === thread.uri.toString(),
    );
    if (looked && sessions.includes(session) && review !== null) {
      if (shown.told === 'gone') return;
      thread.label = l10n.t('Not on this branch · {0}', threadLabel(review));
      shown.told = 'gone';
      return;
    }
    thread.dispose();
    this.#shown.delete(key);
  }
}

/** Said of a thread whose file is being written. */
const awaited = 'awaited';

/** One thread, whichever folder of the workspace it is seen through. */
function keyOf(uri: Uri, id: string): string {
  return `${uri}#${id}`;
}

function rangeOf({ placed }: PlacedThread): Range | null {
  return (
    placed &&
    new Range(
      placed.at.line - 1,
      placed.at.column - 1,
      placed.at.end_line - 1,
      placed.at.end_column - 1,
    )
  );
}

/** Sets what differs; each set is a message to the window. While a record cannot be read its threads stay where they are. */
function tell(thread: CommentThread, review: PlacedThread, readOnly: boolean): void {
  const range = rangeOf(review);
  if (range && !thread.range?.isEqual(range)) thread.range = range;
  thread.label = threadLabel(review);
  thread.state =
    review.thread.state === 'open' ? CommentThreadState.Unresolved : CommentThreadState.Resolved;
  thread.contextValue = readOnly ? 'readonly' : review.thread.state;
  thread.canReply = !readOnly;
}

/** Notes keep their identity where nothing changed, and while somebody edits them: the editor would take the words away. */
function kept(before: readonly ReviewNote[], now: readonly ReviewNote[]): readonly ReviewNote[] {
  return now.map((note) => {
    const known = before.find(({ event, draft }) => draft === null && event === note.event);
    if (!known) return note;
    if (known.mode === CommentMode.Editing) return known;
    // A plain text is what was last typed into its box, not yet what is on disk.
    const same =
      typeof known.body !== 'string' &&
      known.raw === note.raw &&
      known.label === note.label &&
      known.contextValue === note.contextValue;
    return same ? known : note;
  });
}

/** Unwritten edits stand in place of the words that they replace, unwritten replies at the end. */
function withDrafts(
  notes: readonly ReviewNote[],
  drafts: readonly ReviewDraft[],
  noteOf: (draft: ReviewDraft) => ReviewNote,
): readonly ReviewNote[] {
  const edits = notes.map((note) => {
    const draft = drafts.find(({ event }) => event !== null && event === note.event);
    return draft ? noteOf(draft) : note;
  });
  return [...edits, ...drafts.filter(({ event }) => event === null).map(noteOf)];
}
