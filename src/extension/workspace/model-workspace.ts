import {
  type Disposable,
  EventEmitter,
  type OutputChannel,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { FolderSession } from './folder-session.ts';
import type { FolderState } from './snapshot.ts';

/** All folders of the workspace, and the one that the views show: that of the active editor, else the first with records. */
export class ModelWorkspace implements Disposable {
  /** Fired when the shown folder or its state changed. */
  readonly onDidChange;
  /** Fired when any folder's state changed, or a folder came or went. */
  readonly onDidChangeAny;
  readonly #shown = new EventEmitter<FolderState>();
  readonly #any = new EventEmitter<void>();
  readonly #sessions = new Map<string, FolderSession>();
  readonly #output: OutputChannel;
  readonly #subscriptions: Disposable[] = [];
  #current: FolderSession | undefined;

  constructor(output: OutputChannel) {
    this.#output = output;
    this.onDidChange = this.#shown.event;
    this.onDidChangeAny = this.#any.event;
    this.#subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(() => this.#follow()),
      workspace.onDidGrantWorkspaceTrust(() => void this.refresh()),
      window.onDidChangeActiveTextEditor((editor) => this.#choose(editor)),
    );
    this.#follow();
  }

  /** The folder that the views show; undefined where no folder is open. */
  get current(): FolderSession | undefined {
    return this.#current;
  }

  get state(): FolderState {
    return this.#current?.state ?? { kind: 'noFolder' };
  }

  get sessions(): readonly FolderSession[] {
    return [...this.#sessions.values()];
  }

  /** The folder whose repository holds a file. */
  sessionOf(uri: Uri): FolderSession | undefined {
    const folder = workspace.getWorkspaceFolder(uri);
    return (
      (folder && this.#sessions.get(folder.uri.toString())) ??
      this.sessions.find((session) => session.path(uri) !== null)
    );
  }

  /** Reads everything again, at once. */
  async refresh(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.refreshNow()));
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#shown.dispose();
    this.#any.dispose();
  }

  #follow(): void {
    const folders = new Map(
      (workspace.workspaceFolders ?? []).map((folder) => [folder.uri.toString(), folder]),
    );
    for (const [key, session] of this.#sessions) {
      if (folders.has(key)) continue;
      this.#sessions.delete(key);
      session.dispose();
    }
    for (const [key, folder] of folders) {
      if (this.#sessions.has(key)) continue;
      const session = new FolderSession(folder, this.#output);
      this.#sessions.set(key, session);
      session.onDidChange(() => this.#sessionChanged(session));
      void session.refreshNow();
    }
    this.#choose(window.activeTextEditor);
    this.#any.fire();
  }

  #sessionChanged(session: FolderSession): void {
    this.#any.fire();
    if (!this.#current || this.#current === session || this.#current.state.kind !== 'ready')
      this.#choose(window.activeTextEditor, true);
  }

  #choose(editor: TextEditor | undefined, changed = false): void {
    const before = this.#current;
    const sessions = this.sessions;
    const ofEditor = editor && this.sessionOf(editor.document.uri);
    const keep =
      before && sessions.includes(before) && before.state.kind === 'ready' ? before : undefined;
    this.#current =
      ofEditor ?? keep ?? sessions.find((session) => session.state.kind === 'ready') ?? sessions[0];
    if (changed || this.#current !== before) this.#shown.fire(this.state);
  }
}
