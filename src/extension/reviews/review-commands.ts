import {
  CommentMode,
  type CommentReply,
  type CommentThread,
  l10n,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import { newEventId } from '../../core/reviews/new-event.ts';
import {
  continueThread,
  findThread,
  type NewThread,
  startThread,
  type WrittenEvent,
} from '../../app/write-review.ts';
import { pointAt } from '../../core/reviews/point-at.ts';
import { editorFiles } from '../workspace/editor-files.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import type { ReviewBoard } from './review-board.ts';
import type { ReviewDraft, ReviewDrafts } from './review-drafts.ts';
import type { ReviewNote } from './review-note.ts';
import type { TypedWords } from './typed-words.ts';
import { mustReview, type ReviewPlace } from './review-place.ts';

/** What the commands of the reviews work on. */
export type ReviewDesk = {
  readonly model: ModelWorkspace;
  readonly board: ReviewBoard;
  readonly drafts: ReviewDrafts;
  readonly typed: TypedWords;
};

type Extra = Pick<NewThread, 'type' | 'severity' | 'due'>;

/** Begins a thread with what was typed; its file is there before the command ends. */
export async function begin(
  desk: ReviewDesk,
  reply: CommentReply,
  extra: Extra = {},
  id?: string,
): Promise<void> {
  const { thread, text } = reply;
  await keeping(desk, { ...newWords(reply), id }, thread, async () => {
    const place = mustReview(desk.model, thread.uri);
    const document = await workspace.openTextDocument(thread.uri);
    const at =
      thread.range === undefined
        ? { pointer: '', quote: undefined }
        : pointAt(place.path, document.getText(), pointing(document, thread.range));
    if (at === null)
      throw new CountersignError(
        'review/place',
        l10n.t('{0} cannot be read, so nothing in it can be pointed at', place.path),
        l10n.t('mend it first: see the Problems panel'),
      );
    // Taken over before its file is there, or a reading in between would show it a second time.
    const event = newEventId(place.repository.random.bytes(5));
    const takeBack = desk.board.adopt(place.session, place.session.uri(place.path), event, thread);
    await startThread(
      writable(place),
      { record: place.record, at: at.pointer, quote: at.quote, body: text, ...extra },
      event,
    ).catch((error: unknown) => {
      takeBack();
      throw error;
    });
    return place;
  });
}

/** The words of a new thread, and where it was going to begin. */
export function newWords({ thread, text }: CommentReply): Omit<ReviewDraft, 'id'> {
  return {
    uri: thread.uri.toString(),
    thread: null,
    event: null,
    lines: [thread.range?.start.line ?? 0, thread.range?.end.line ?? 0],
    body: text,
  };
}

/** Goes on with a thread. Without words a reply is refused, a step between open and resolved is not. */
export async function goOn(
  desk: ReviewDesk,
  { thread, text }: CommentReply,
  type: 'reply' | 'resolve' | 'reopen',
  id?: string,
): Promise<void> {
  const key = desk.board.find(thread)?.key ?? null;
  await keeping(
    desk,
    { uri: thread.uri.toString(), thread: key, event: null, lines: [0, 0], body: text, id },
    thread,
    async () => {
      const place = mustReview(desk.model, thread.uri);
      await say(desk, place, key, { type, body: text });
      return place;
    },
  );
}

/** Opens the box in which a person's own words are edited. */
export function startEdit({ board }: ReviewDesk, note: ReviewNote): void {
  note.mode = CommentMode.Editing;
  note.body = note.raw;
  again(board.threadOf(note.thread));
}

/** Writes what stands in a box: an edit of one's own words, or a draft that could not be written before. */
export async function saveNote(desk: ReviewDesk, note: ReviewNote): Promise<void> {
  const thread = desk.board.threadOf(note.thread);
  if (!thread) return;
  const body = typeof note.body === 'string' ? note.body : note.body.value;
  const id = note.draft?.id;
  if (note.draft?.thread === null) await begin(desk, { thread, text: body }, {}, id);
  else if (note.event === null) await goOn(desk, { thread, text: body }, 'reply', id);
  else await edit(desk, note, thread, body);
  // What was typed is shown as it was typed until it comes back from disk.
  again(thread);
}

async function edit(
  desk: ReviewDesk,
  note: ReviewNote,
  thread: CommentThread,
  body: string,
): Promise<void> {
  const words = {
    uri: thread.uri.toString(),
    thread: note.thread,
    event: note.event,
    lines: [0, 0],
    body,
    id: note.draft?.id,
  } as const;
  await keeping(desk, words, thread, async () => {
    const place = mustReview(desk.model, thread.uri);
    await say(desk, place, note.thread, { type: 'edit', body, event: note.event ?? undefined });
    note.mode = CommentMode.Preview;
    desk.typed.forget(note);
    return place;
  });
}

/** Leaves a box without writing; a draft is thrown away for good, so a person is asked first. */
export async function leaveNote(
  { board, drafts, model, typed }: ReviewDesk,
  note: ReviewNote,
): Promise<void> {
  const { draft } = note;
  if (draft) {
    const discard = l10n.t('Discard');
    if (
      (await window.showWarningMessage(
        l10n.t('Discard what you wrote?'),
        { modal: true },
        discard,
      )) !== discard
    )
      return;
    await drafts.drop(draft.id);
  }
  note.mode = CommentMode.Preview;
  typed.forget(note);
  board.retell(note.thread);
  board.update(model);
}

async function say(
  { board }: ReviewDesk,
  place: ReviewPlace,
  key: string | null,
  said: Parameters<typeof continueThread>[2],
): Promise<WrittenEvent> {
  const shown = key === null ? undefined : board.threadOf(key);
  const review = shown && board.find(shown)?.review;
  if (!review)
    throw new CountersignError('review/unknown-thread', l10n.t('this thread is not written yet'));
  // As it stands on disk; where its beginning lies on another branch, as it was last seen.
  const thread = await findThread(
    writable(place),
    `${review.thread.record}/${review.thread.id}`,
  ).catch(() => review.thread);
  return continueThread(writable(place), thread, said);
}

/** Does what writes words. Where that fails the words stay: in a box of their own, and in the workspace, over a reload. */
async function keeping(
  desk: ReviewDesk,
  words: Words,
  thread: CommentThread,
  work: () => Promise<ReviewPlace>,
): Promise<void> {
  try {
    const { session } = await work();
    if (words.id !== undefined) await desk.drafts.drop(words.id);
    void session.readNow();
  } catch (error) {
    await keepWords(desk, words, thread);
    throw error;
  }
}

/** Words on their way to a file; `id` where they are a draft already. */
type Words = Omit<ReviewDraft, 'id'> & { readonly id?: string | undefined };

/** Keeps words that were not written, in a box of their own. */
export async function keepWords(
  { board, drafts, model }: ReviewDesk,
  words: Words,
  thread: CommentThread,
): Promise<void> {
  if (words.body.trim() !== '')
    await drafts.keep({
      ...words,
      id: words.id ?? `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`,
    });
  if (!board.find(thread)) thread.dispose();
  if (words.thread !== null) board.retell(words.thread);
  board.update(model);
}

function writable({ session, repository }: ReviewPlace): Parameters<typeof startThread>[0] {
  return { ...repository, files: editorFiles(repository.files, session.top) };
}

function pointing(
  document: TextDocument,
  range: NonNullable<CommentThread['range']>,
): Parameters<typeof pointAt>[2] {
  const { start, end } = range;
  const last = end.line > start.line && end.character === 0 ? end.line - 1 : end.line;
  const words = range.isEmpty ? '' : document.getText(range);
  const whole = words.trim() === document.lineAt(start.line).text.trim();
  return { first: start.line + 1, last: last + 1, words: whole ? '' : words };
}

/** The editor looks at a thread's comments again only when they are set. */
function again(thread: CommentThread | undefined): void {
  if (thread) thread.comments = [...thread.comments];
}
