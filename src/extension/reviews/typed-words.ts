import {
  CommentMode,
  type Disposable,
  type Memento,
  type TextDocument,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { commentBox, threadOfBox } from './comment-box.ts';
import type { ReviewBoard } from './review-board.ts';
import type { ReviewDraft, ReviewDrafts } from './review-drafts.ts';
import type { ReviewNote } from './review-note.ts';

type Words = Omit<ReviewDraft, 'id'>;

const place = 'countersign.typedWords';

/** Milliseconds of quiet before what was typed is kept. */
const quiet = 150;

/**
 * Keeps what is being typed into comment boxes, since the editor itself forgets it when its window is loaded anew. What is
 * sent, emptied or left on purpose is kept no longer.
 */
export class TypedWords implements Disposable {
  readonly #memory: Memento;
  readonly #board: ReviewBoard;
  readonly #drafts: ReviewDrafts;
  readonly #isReviewable: (document: TextDocument) => boolean;
  /** By the address of the box. */
  readonly #words = new Map<string, Words>();
  /** The note that a box edits, by the address of the box. */
  readonly #edited = new Map<string, ReviewNote>();
  /** Numbers of the boxes seen in each record. */
  readonly #numbers = new Map<string, Set<number>>();
  readonly #subscriptions: readonly Disposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The record that was looked at last, and the line there. */
  #record: { readonly uri: string; readonly line: number } | undefined;

  constructor(
    memory: Memento,
    drafts: ReviewDrafts,
    board: ReviewBoard,
    isReviewable: (document: TextDocument) => boolean,
  ) {
    this.#memory = memory;
    this.#drafts = drafts;
    this.#board = board;
    this.#isReviewable = isReviewable;
    this.#subscriptions = [
      window.onDidChangeActiveTextEditor((editor) => this.#look(editor)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#look(textEditor)),
      workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#changed(document)),
    ];
    this.#look(window.activeTextEditor);
  }

  /** What an earlier window left half-written comes back as drafts. */
  async restore(): Promise<void> {
    const left = this.#memory.get<readonly Words[]>(place, []);
    for (const [at, words] of left.entries())
      await this.#drafts.keep({ ...words, id: `${Date.now()}-${at}` });
    this.#words.clear();
    await this.#memory.update(place, undefined);
  }

  /** A box was saved or left on purpose. */
  forget(note: ReviewNote): void {
    for (const [box, edited] of this.#edited) {
      if (edited.thread === note.thread && edited.event === note.event) this.#words.delete(box);
    }
    this.#keep();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(editor: TextEditor | undefined): void {
    if (editor && this.#isReviewable(editor.document))
      this.#record = { uri: editor.document.uri.toString(), line: editor.selection.active.line };
  }

  #opened({ uri }: TextDocument): void {
    const box = commentBox(uri);
    if (box?.kind !== 'reply' || !this.#record) return;
    const numbers = this.#numbers.get(this.#record.uri) ?? new Set();
    this.#numbers.set(this.#record.uri, numbers.add(box.number));
  }

  #changed(document: TextDocument): void {
    const box = commentBox(document.uri);
    if (!box || !this.#record) return;
    const key = document.uri.toString();
    const body = document.getText();
    if (box.kind === 'edit') return this.#changedEdit(key, body);
    const { uri, line } = this.#record;
    const thread =
      box.kind === 'reply'
        ? threadOfBox(box.number, [...(this.#numbers.get(uri) ?? [])], this.#board.keysOf(uri))
        : undefined;
    this.#set(key, { uri, thread: thread ?? null, event: null, lines: [line, line], body });
  }

  /** The first that a box of an edit holds are the words that are edited, or those that were typed before it was hidden. */
  #changedEdit(key: string, body: string): void {
    const note =
      this.#edited.get(key) ??
      this.#board.notes.find(
        (candidate) =>
          candidate.mode === CommentMode.Editing &&
          (candidate.raw === body || this.#wordsOf(candidate)?.body === body),
      );
    const thread = note && this.#board.threadOf(note.thread);
    if (!note || !thread) return;
    this.#edited.set(key, note);
    if (note.draft) return void this.#drafts.keep({ ...note.draft, body });
    if (body === note.raw) this.#drop(key);
    else
      this.#set(key, {
        uri: thread.uri.toString(),
        thread: note.thread,
        event: note.event,
        lines: [0, 0],
        body,
      });
  }

  #wordsOf(note: ReviewNote): Words | undefined {
    return [...this.#words.values()].find(
      ({ thread, event }) => event !== null && thread === note.thread && event === note.event,
    );
  }

  #set(key: string, words: Words): void {
    if (words.body.trim() === '') return this.#drop(key);
    // The editor opens a box anew, under another address, where its file was hidden meanwhile.
    for (const [box, known] of this.#words)
      if (box !== key && known.body === words.body && known.uri === words.uri)
        this.#words.delete(box);
    this.#words.set(key, words);
    this.#keep();
  }

  #drop(key: string): void {
    if (this.#words.delete(key)) this.#keep();
  }

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void this.#memory.update(place, [...this.#words.values()]),
      quiet,
    );
  }
}
