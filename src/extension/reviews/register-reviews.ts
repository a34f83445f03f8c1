import {
  type CommentController,
  comments,
  type CommentReply,
  type CommentThread,
  commands,
  type Disposable,
  type ExtensionContext,
  l10n,
  type OutputChannel,
  Range,
  window,
} from 'vscode';
import { guarded } from '../guarded.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { ReviewBoard } from './review-board.ts';
import type { ReviewDesk } from './review-commands.ts';
import { ReviewDrafts } from './review-drafts.ts';
import type { ReviewNote } from './review-note.ts';
import { isReviewable } from './review-place.ts';
import { TypedWords } from './typed-words.ts';

/** Comment threads on records: shown where they stand today, written as one file a comment. */
export function registerReviews(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): ReviewDesk {
  const controller = comments.createCommentController(
    'countersign.reviews',
    l10n.t('Countersign reviews'),
  );
  controller.options = {
    prompt: l10n.t('Reply…'),
    placeHolder: l10n.t('Say what you think; it becomes a file of its own'),
  };
  const drafts = new ReviewDrafts(context.workspaceState);
  const board = new ReviewBoard(controller, drafts);
  const offer = placesOffered(controller, model);
  const update = (): void => {
    offer();
    board.update(model);
    void learnPeople(model, board);
  };
  const typed = new TypedWords(context.workspaceState, drafts, board, (document) =>
    isReviewable(model, document),
  );
  const desk: ReviewDesk = { model, board, drafts, typed };
  void typed.restore().then(update);
  update();
  context.subscriptions.push(
    controller,
    board,
    typed,
    model.onDidChangeAny(update),
    window.onDidChangeVisibleTextEditors(() => board.update(model)),
    ...reviewCommands(desk, output),
  );
  return desk;
}

/** Says where comments may stand, and again once other folders can be commented on: the editor asks a document that is open only once. */
function placesOffered(controller: CommentController, model: ModelWorkspace): () => void {
  let before: string | undefined;
  return () => {
    const folders = model.sessions
      .flatMap(({ folder, state }) =>
        state.kind === 'ready' && state.repository ? [folder.uri.toString()] : [],
      )
      .join('\n');
    if (folders === before) return;
    before = folders;
    controller.commentingRangeProvider = {
      provideCommentingRanges: (document) =>
        isReviewable(model, document)
          ? { enableFileComments: true, ranges: [new Range(0, 0, document.lineCount - 1, 0)] }
          : undefined,
    };
  };
}

const asked = new Set<string>();

/** Asks git once a repository who is at the machine. */
async function learnPeople(model: ModelWorkspace, board: ReviewBoard): Promise<void> {
  for (const { state } of model.sessions) {
    const repository = state.kind === 'ready' ? state.repository : null;
    if (
      !repository ||
      asked.has(repository.gitDir) ||
      state.kind !== 'ready' ||
      state.index.reviews.length === 0
    )
      continue;
    asked.add(repository.gitDir);
    const { authorIdentity, authorText } = await import('../../app/author-identity.ts');
    const author = await authorIdentity(repository).catch(() => null);
    if (author) board.know(repository.gitDir, authorText(author));
    board.update(model);
  }
}

/** The commands, each loaded when it is first called. */
function reviewCommands(desk: ReviewDesk, output: OutputChannel): readonly Disposable[] {
  const add = (id: string, run: (...args: never[]) => unknown): Disposable =>
    commands.registerCommand(`countersign.${id}`, guarded(run, output));
  const lazily = () => import('./review-commands.ts');
  return [
    add('comment', async () => (await import('./comment-here.ts')).commentHere(desk)),
    add('requestReview', async (target?: TreeNode | string) =>
      (await import('./request-review.ts')).requestReview(
        desk.model,
        typeof target === 'string' ? target : target?.record?.id,
        typeof target === 'string' ? undefined : target?.ask,
      ),
    ),
    add('reviewBegin', async (reply: CommentReply) => (await lazily()).begin(desk, reply)),
    add('reviewFinding', async (reply: CommentReply) =>
      (await import('./review-finding.ts')).beginFinding(desk, reply),
    ),
    add('reviewReply', async (reply: CommentReply) => (await lazily()).goOn(desk, reply, 'reply')),
    add('reviewResolve', async (of: CommentReply | CommentThread) =>
      (await lazily()).goOn(desk, replyOf(of), 'resolve'),
    ),
    add('reviewReopen', async (of: CommentReply | CommentThread) =>
      (await lazily()).goOn(desk, replyOf(of), 'reopen'),
    ),
    add('reviewEdit', async (note: ReviewNote) => (await lazily()).startEdit(desk, note)),
    add('reviewSave', async (note: ReviewNote) => (await lazily()).saveNote(desk, note)),
    add('reviewLeave', async (note: ReviewNote) => (await lazily()).leaveNote(desk, note)),
  ];
}

/** A thread's own button brings the thread alone; the box below it brings what was typed as well. */
function replyOf(of: CommentReply | CommentThread): CommentReply {
  return 'thread' in of ? of : { thread: of, text: '' };
}
