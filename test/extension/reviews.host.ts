import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CodeLens,
  type Comment,
  CommentMode,
  type CommentReply,
  type CommentThread,
  CommentThreadState,
  commands,
  comments,
  type MarkdownString,
  type QuickPick,
  type QuickPickItem,
  Range,
  Selection,
  type TextDocument,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { inbox } from '../../src/app/inbox.ts';
import { openRepository } from '../../src/node/repository.ts';
import type { Api } from '../../src/extension/main.ts';
import { answeringPicks } from './answering-pick.ts';
import { eventually, hostCase } from './cases.ts';
import { git, write } from './model-repository.ts';
import { openModel } from './open-model.ts';

const path = '.countersign/decisions/DR-0001.yaml';
const reviews = '.countersign/reviews/DR-0001';

/** A box such as a person opens beside a line: the editor hands the command a thread without comments. */
const opener = comments.createCommentController('test.reviews', 'test');
function typed(folder: string, line: number, text: string): CommentReply {
  return {
    thread: opener.createCommentThread(
      Uri.file(join(folder, path)),
      new Range(line, 0, line, 0),
      [],
    ),
    text,
  };
}

function said({ comments: notes }: CommentThread): readonly string[] {
  return notes.map(({ body }) => (typeof body === 'string' ? body : body.value));
}

type Threads = {
  readonly desk: Api['reviews'];
  readonly threads: () => readonly CommentThread[];
  readonly folder: string;
  readonly only: () => CommentThread;
};

/** Asks for a review of DR-0001 while a person chooses and says this; what was offered. */
async function requesting({
  chooses,
  says,
}: {
  readonly chooses: readonly string[] | undefined;
  readonly says: string | undefined | ((suggested: string) => string);
}): Promise<{ readonly offered: readonly string[] }> {
  let offered: readonly string[] = [];
  // Answers each question once it is open: until then the list is busy.
  const asked = (picker: QuickPick<QuickPickItem>): boolean => {
    if (!picker.canSelectMany) {
      const answer = typeof says === 'function' ? says(picker.value) : says;
      picker.value = answer ?? '';
      return answer !== undefined;
    }
    const items = picker.items as readonly (QuickPickItem & { readonly id: string })[];
    offered = items.map(({ id }) => id);
    picker.selectedItems = items.filter(({ id }) => chooses?.includes(id));
    return chooses !== undefined;
  };
  await answeringPicks(asked, () =>
    commands.executeCommand('countersign.requestReview', 'DR-0001'),
  );
  return { offered };
}

/** Kinds of what waits for a person once everything here is committed on a branch of its own. */
async function waitingFor(folder: string, me: string): Promise<readonly string[]> {
  git(folder, 'switch', '--quiet', '--create', 'asked');
  try {
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--no-verify', '--message=Ask');
    const { items } = await inbox(await openRepository(folder), { me });
    return items.filter(({ kind }) => kind === 'thread').map(({ kind }) => kind);
  } finally {
    git(folder, 'switch', '--quiet', 'main');
    git(folder, 'branch', '--quiet', '-D', 'asked');
  }
}

/** A case that starts without a thread, and leaves none whatever becomes of it. */
function reviewCase(name: string, run: (place: Threads) => Promise<void>): void {
  hostCase(name, async () => {
    const place = await openReviews();
    const failure: unknown = await run(place).then(
      () => null,
      (error: unknown) => error,
    );
    // What went wrong first says more than what cannot be cleared away after it.
    await clear(place).catch((error: unknown) => {
      throw failure ?? error;
    });
    if (failure !== null) throw failure;
  });
}

async function openReviews(): Promise<Threads> {
  const { api, folder, ready } = await openModel();
  const threads = (): readonly CommentThread[] =>
    [...api.reviews.board.threads.values()].filter(({ uri }) => uri.path.endsWith('/DR-0001.yaml'));
  ready();
  return { desk: api.reviews, folder, threads, only: () => threads()[0] as CommentThread };
}

/** Takes away what a case wrote, and waits until no thread is left. */
async function clear({ folder, threads }: Threads): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
  rmSync(join(folder, '.countersign/reviews'), { recursive: true, force: true });
  git(folder, 'checkout', '--quiet', '--force', 'main');
  await commands.executeCommand('countersign.refresh');
  await eventually('no thread is left', () => threads().length === 0);
}

function files(folder: string): readonly string[] {
  return readdirSync(join(folder, reviews)).sort();
}

reviewCase(
  'a comment is one file at once, in the thread that was opened, and no second thread comes of it',
  async ({ folder, threads, only }) => {
    await window.showTextDocument(Uri.file(join(folder, path)));
    const reply = typed(
      folder,
      3,
      'Why **accepted**?\n\n![x](https://example.org/x.png) <b>now</b> [run](command:quit)',
    );
    await commands.executeCommand('countersign.reviewBegin', reply);
    const [file = ''] = files(folder);
    assert.match(
      readFileSync(join(folder, reviews, file), 'utf8'),
      /type: comment\nanchor:[^]*path: \/status[^]*quote: accepted[^]*by: Ada <ada@example.org>/,
    );
    await eventually(
      'the comment is shown',
      () => threads().length === 1 && only().comments.length === 1,
    );
    assert.equal(only(), reply.thread, 'the very thread that the person opened');
    assert.equal(only().label, '/status');
    assert.equal(only().state, CommentThreadState.Unresolved);
    const body = only().comments[0]?.body as MarkdownString;
    assert.match(body.value, /^Why \*\*accepted\*\*\?/);
    assert.doesNotMatch(body.value, /!\[|<b>|\]\(command:/);
    assert.ok(body.isTrusted !== true && body.supportHtml !== true);
    await commands.executeCommand('countersign.refresh');
    assert.equal(threads().length, 1);
  },
);

reviewCase(
  'a thread goes on: reply, resolve with words, reopen, edit of one’s own words',
  async ({ folder, threads, only }) => {
    await commands.executeCommand('countersign.reviewBegin', typed(folder, 5, 'Who decides?'));
    await eventually(
      'the comment is shown',
      () => threads().length === 1 && only().comments.length === 1,
    );
    await commands.executeCommand('countersign.reviewReply', { thread: only(), text: 'Ada does.' });
    await eventually(
      'the reply is shown',
      () => said(only()).join('|') === 'Who decides?|Ada does.',
    );
    await commands.executeCommand('countersign.reviewResolve', { thread: only(), text: 'Clear.' });
    await eventually(
      'it is resolved',
      () => only().state === CommentThreadState.Resolved && only().comments.length === 3,
    );
    await commands.executeCommand('countersign.reviewReopen', only());
    await eventually('it is open again', () => only().state === CommentThreadState.Unresolved);
    assert.equal(files(folder).length, 4);
    const note = await eventually('the words are known as one’s own', () =>
      only().comments.find(({ contextValue }) => contextValue === 'own'),
    );
    await commands.executeCommand('countersign.reviewEdit', note);
    assert.equal(note.mode, CommentMode.Editing);
    assert.equal(note.body, 'Who decides?', 'what is edited is what was written');
    write(
      folder,
      `${reviews}/other.yaml`,
      `schema: countersign/review@1\nthread: ${threadId(folder)}\nrecord: DR-0001\ntype: reply\nbody: From elsewhere\nby: Ben <ben@example.org>\nat: 2999-01-01T00:00:00Z\n`,
    );
    await eventually('what others write comes in', () => said(only()).includes('From elsewhere'));
    assert.equal(only().comments[0], note, 'while the box of the edit stays open');
    assert.equal(note.mode, CommentMode.Editing);
    note.body = 'Who decides, and when?';
    await commands.executeCommand('countersign.reviewSave', note);
    await eventually(
      'the new words are shown',
      () =>
        said(only())[0] === 'Who decides, and when?' &&
        only().comments[0]?.mode === CommentMode.Preview &&
        only().comments[0]?.label === 'edited',
    );
    assert.equal(
      only().comments.find(({ author }) => author.name.startsWith('Ben'))?.contextValue,
      'other',
    );
  },
);

function threadId(folder: string): string {
  return (
    /thread: (\S+)/.exec(
      readFileSync(join(folder, reviews, files(folder)[0] ?? ''), 'utf8'),
    )?.[1] ?? ''
  );
}

reviewCase(
  'a thread follows its field as lines move, before anything is saved, and stays while the text is broken',
  async ({ folder, threads, only }) => {
    write(
      folder,
      `${reviews}/q.yaml`,
      'schema: countersign/review@1\nthread: q\nrecord: DR-0001\ntype: comment\nanchor: {path: /risk, quote: medium}\nbody: Why?\nby: Ben <ben@example.org>\nat: 2026-11-18T09:30:00Z\n',
    );
    await eventually(
      'the thread is shown',
      () => threads().length === 1 && only().range?.start.line === 5,
    );
    const shown = only();
    const document = (await window.showTextDocument(Uri.file(join(folder, path)))).document;
    const before = document.getText();
    const edit = new WorkspaceEdit();
    edit.insert(
      document.uri,
      document.positionAt(document.getText().indexOf('status:')),
      '# one\n# two\n',
    );
    await workspace.applyEdit(edit);
    await eventually('it moved with its line', () => only().range?.start.line === 7);
    const broken = new WorkspaceEdit();
    broken.insert(document.uri, document.positionAt(0), '"');
    await workspace.applyEdit(broken);
    await new Promise((done) => setTimeout(done, 800));
    assert.equal(only(), shown);
    assert.equal(only().range?.start.line, 7);
    const back = new WorkspaceEdit();
    back.replace(document.uri, new Range(0, 0, document.lineCount, 0), before);
    await workspace.applyEdit(back);
    await document.save();
    await eventually('it is back', () => only().range?.start.line === 5);
  },
);

reviewCase(
  'on a branch without its events a thread stays while the record is looked at, and what is written joins it',
  async ({ folder, threads, only }) => {
    git(folder, 'switch', '--quiet', '--create', 'talk');
    write(
      folder,
      `${reviews}/q.yaml`,
      'schema: countersign/review@1\nthread: q\nrecord: DR-0001\ntype: comment\nanchor: {path: /risk, quote: medium}\nbody: Why?\nby: Ben <ben@example.org>\nat: 2026-11-18T09:30:00Z\n',
    );
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message=Ask');
    await window.showTextDocument(Uri.file(join(folder, path)));
    await eventually('the thread is shown', () => threads().length === 1);
    const shown = only();
    git(folder, 'switch', '--quiet', 'main');
    await eventually('it says that it is not here', () =>
      shown.label?.startsWith('Not on this branch'),
    );
    await commands.executeCommand('countersign.reviewReply', {
      thread: shown,
      text: 'Written meanwhile',
    });
    assert.match(
      readFileSync(join(folder, reviews, files(folder)[0] ?? ''), 'utf8'),
      /thread: q\n[^]*body: Written meanwhile/,
    );
    git(folder, 'switch', '--quiet', 'talk');
    await eventually(
      'both are there',
      () => threads().length === 1 && said(only()).join('|') === 'Why?|Written meanwhile',
    );
    await commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(join(folder, reviews, files(folder).find((name) => name !== 'q.yaml') ?? ''));
    git(folder, 'switch', '--quiet', 'main');
    git(folder, 'branch', '--quiet', '--delete', '--force', 'talk');
    await eventually('nobody looks, so it goes', () => threads().length === 0);
  },
);

reviewCase(
  'words that cannot be written stay in a box of their own until they can',
  async ({ folder, threads, only }) => {
    write(folder, '.countersign/reviews', 'a file where the folder has to be\n');
    await commands.executeCommand('countersign.reviewBegin', typed(folder, 5, 'Long thoughts'));
    const draft = await eventually('a draft', () => threads().length === 1 && only().comments[0]);
    assert.deepEqual(
      [draft.mode, draft.body, draft.contextValue],
      [CommentMode.Editing, 'Long thoughts', 'draft'],
    );
    assert.equal(only().range?.start.line, 5);
    rmSync(join(folder, '.countersign/reviews'));
    (draft as Comment).body = 'Longer thoughts';
    await commands.executeCommand('countersign.reviewSave', draft);
    await eventually(
      'it is written',
      () =>
        threads().length === 1 &&
        said(only()).join('|') === 'Longer thoughts' &&
        only().comments[0]?.mode === CommentMode.Preview,
    );
    assert.match(
      readFileSync(join(folder, reviews, files(folder)[0] ?? ''), 'utf8'),
      /path: \/risk[^]*body: Longer thoughts/,
    );
  },
);

/** The documents of boxes in which new threads of ours are typed. */
function boxes(): readonly TextDocument[] {
  return workspace.textDocuments.filter(
    ({ uri }) =>
      uri.scheme === 'comment' &&
      uri.authority === 'countersign.reviews' &&
      /\/commentinput-[0-9a-f-]{36}-\d+\.md$/.test(uri.path),
  );
}

/** Opens the box for a comment on a line of the decision, from 0. */
async function openBox(folder: string, line: number): Promise<TextDocument> {
  const before = new Set(boxes());
  const editor = await window.showTextDocument(Uri.file(join(folder, path)));
  editor.selection = new Selection(line, 0, line, 0);
  await commands.executeCommand('countersign.comment');
  return eventually('the box is open', () => boxes().find((box) => !before.has(box)));
}

reviewCase(
  'the box for a comment opens at the cursor by keyboard, on records alone',
  async ({ folder }) => {
    await openBox(folder, 4);
    const count = boxes().length;
    await window.showTextDocument(Uri.file(join(folder, 'model/score.py')));
    await commands.executeCommand('countersign.comment');
    assert.equal(boxes().length, count, 'no comment on what is no record');
  },
);

reviewCase(
  'what is typed and not sent comes back as a draft after the window was loaded anew',
  async ({ folder, desk, threads, only }) => {
    const box = await openBox(folder, 5);
    const edit = new WorkspaceEdit();
    edit.insert(box.uri, box.positionAt(0), 'Half a thought');
    await workspace.applyEdit(edit);
    await new Promise((done) => setTimeout(done, 500));
    await desk.typed.restore();
    desk.board.update(desk.model);
    const draft = await eventually('the draft', () => threads().length === 1 && only().comments[0]);
    assert.deepEqual(
      [draft.body, draft.contextValue, only().range?.start.line],
      ['Half a thought', 'draft', 5],
    );
    await commands.executeCommand('countersign.reviewSave', draft);
    await eventually(
      'it is written',
      () =>
        threads().length === 1 &&
        only().comments[0]?.mode === CommentMode.Preview &&
        files(folder).length === 1,
    );
  },
);

reviewCase(
  'above a record stand its threads, and the wish for a review where it is only proposed',
  async ({ folder, threads }) => {
    const uri = Uri.file(join(folder, path));
    const lenses = async (): Promise<readonly (readonly [string, string])[]> =>
      (await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri)).map(
        ({ command }) => [command?.title ?? '', command?.command ?? ''],
      );
    write(
      folder,
      path,
      readFileSync(join(folder, path), 'utf8').replace('status: accepted', 'status: proposed'),
    );
    write(
      folder,
      `${reviews}/q.yaml`,
      'schema: countersign/review@1\nthread: q\nrecord: DR-0001\ntype: comment\nbody: Why?\nby: Ben <ben@example.org>\nat: 2026-11-18T09:30:00Z\n',
    );
    await workspace.openTextDocument(uri);
    await eventually(
      'the thread and the proposal are known',
      async () =>
        threads().length === 1 && (await lenses()).some(([title]) => title === 'Request review'),
    );
    const [title, command] = (await lenses()).find(([text]) => text.includes('review thread')) ?? [
      '',
      '',
    ];
    assert.equal(title, '1 open review thread');
    assert.ok((await commands.getCommands(true)).includes(command), `${command} is there`);
    // A closed list is no wish, and an empty box asks nobody.
    await requesting({ chooses: undefined, says: undefined });
    await requesting({ chooses: ['ben'], says: ' ' });
    assert.match(readFileSync(join(folder, path), 'utf8'), /\nstatus: proposed\n/);
    assert.deepEqual(files(folder), ['q.yaml']);
    const asked = await requesting({
      chooses: ['ben', 'cy'],
      says: (suggested) => `${suggested} The interval is wide.`,
    });
    assert.deepEqual(
      asked.offered,
      ['ben', 'cy', 'eve'],
      'the policy’s people but the one who asks',
    );
    assert.match(readFileSync(join(folder, path), 'utf8'), /\nstatus: in-review\n/);
    const [written = ''] = files(folder).filter((name) => name !== 'q.yaml');
    assert.match(
      readFileSync(join(folder, reviews, written), 'utf8'),
      /record: DR-0001\ntype: comment\n[^]*body: "?@ben @cy: please review this decision before it lands\. The interval is wide\.[^]*by: Ada <ada@example\.org>/,
    );
    await eventually(
      'it is asked no more, and the thread is there',
      async () =>
        threads().length === 2 && !(await lenses()).some(([text]) => text === 'Request review'),
    );
    assert.deepEqual(
      await waitingFor(folder, 'cy'),
      ['thread'],
      'who is named has it in the inbox',
    );
  },
);

reviewCase('a proposal is in review also where nobody is chosen', async ({ folder }) => {
  write(
    folder,
    path,
    readFileSync(join(folder, path), 'utf8').replace('status: accepted', 'status: proposed'),
  );
  await commands.executeCommand('countersign.refresh');
  await requesting({ chooses: [], says: undefined });
  assert.match(readFileSync(join(folder, path), 'utf8'), /\nstatus: in-review\n/);
});
