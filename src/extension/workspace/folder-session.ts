import { type Disposable, EventEmitter, type OutputChannel, Uri, type WorkspaceFolder, workspace } from 'vscode';
import { watchFolder } from './file-watch.ts';
import { type FolderState, failureOf, type GateAnswer, lastAnswer, type ReadyState } from './snapshot.ts';
import { coalesce } from './coalesce.ts';

/** Milliseconds of quiet before files that changed are read again. */
const quiet = 250;

/** One folder of the workspace: its records and what the gate says, kept up to date with the disk and with git. */
export class FolderSession implements Disposable {
  readonly folder: WorkspaceFolder;
  /** Fired with every new state. */
  readonly onDidChange;
  /** Absolute folder that record paths are relative to: the repository's top, or the folder itself. */
  top: Uri;
  readonly #changed = new EventEmitter<FolderState>();
  readonly #output: OutputChannel;
  readonly #reading = coalesce(quiet, () => this.#read());
  /** Apart from the reading, so that what was written is in the views while the gate is still at what was before. */
  readonly #judging = coalesce(0, () => this.#judge());
  #state: FolderState = { kind: 'loading' };
  #watch: Disposable | undefined;
  #watched = '';
  #disposed = false;

  constructor(folder: WorkspaceFolder, output: OutputChannel) {
    this.folder = folder;
    this.top = folder.uri;
    this.#output = output;
    this.onDidChange = this.#changed.event;
  }

  get state(): FolderState {
    return this.#state;
  }

  /** Reads again after a short quiet; resolves when that reading is done. Calls that come together are one reading. */
  refresh(): Promise<void> {
    return this.#reading.soon();
  }

  /** Reads the records again at once; the gate is asked after that, and nobody waits for it. */
  readNow(): Promise<void> {
    return this.#reading.now();
  }

  /** Reads again at once, and resolves when the gate has answered too. */
  async refreshNow(): Promise<void> {
    await this.#reading.now();
    await this.#judging.now();
  }

  /** The record or file at a path relative to the top. */
  uri(path: string): Uri {
    return Uri.joinPath(this.top, ...path.split('/'));
  }

  /** The path relative to the top with `/`, or null where the file lies elsewhere. */
  path(uri: Uri): string | null {
    const top = this.top.path.endsWith('/') ? this.top.path : `${this.top.path}/`;
    return uri.scheme === this.top.scheme && uri.path.startsWith(top) ? uri.path.slice(top.length) : null;
  }

  dispose(): void {
    this.#disposed = true;
    this.#reading.dispose();
    this.#judging.dispose();
    this.#watch?.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    try {
      const { readFolder } = await import('./load-folder.ts');
      const { state, repository } = await readFolder(this.folder.uri);
      if (repository) this.top = Uri.file(repository.top);
      this.#rewatch(repository);
      // The gate may have answered while this was read: what it said before that would be old news.
      this.#set(state.kind === 'ready' && state.gate.kind === 'checking' ? { ...state, gate: { kind: 'checking', last: this.#lastAnswer() } } : state);
    } catch (error) {
      this.#set({ kind: 'failed', failure: failureOf(error) });
    }
    if (this.#waitsForGate()) void this.#judging.soon();
  }

  /** An answer is shown at once, also where something was read anew meanwhile: then the gate is asked once more. */
  async #judge(): Promise<void> {
    const { state } = this;
    if (state.kind !== 'ready' || !state.repository || !this.#waitsForGate()) return;
    const { askGate } = await import('./load-folder.ts');
    const gate = await askGate(state.repository);
    if (this.#state === state) this.#set({ ...state, gate });
    else if (this.#state.kind === 'ready' && this.#state.gate.kind === 'checking' && gate.kind === 'checked') this.#set({ ...this.#state, gate: { kind: 'checking', last: gate } });
  }

  /** Whether the gate has still to be asked of what was read last. */
  #waitsForGate(): boolean {
    return this.#state.kind === 'ready' && this.#state.gate.kind === 'checking';
  }

  #lastAnswer(): GateAnswer | null {
    return this.#state.kind === 'ready' ? lastAnswer(this.#state.gate) : null;
  }

  #set(state: FolderState): void {
    if (this.#disposed) return;
    if (state.kind === 'failed') this.#output.appendLine(describe(state.failure));
    if (state.kind === 'ready' && state.gate.kind === 'failed') this.#output.appendLine(describe(state.gate.failure));
    this.#state = state;
    this.#changed.fire(state);
  }

  /** Watches the places that matter now; they change when a repository appears. */
  #rewatch(repository: ReadyState['repository']): void {
    const places = JSON.stringify([this.top.toString(), repository?.gitDir, repository?.commonDir]);
    if (this.#disposed || places === this.#watched) return;
    this.#watch?.dispose();
    this.#watched = places;
    this.#watch = watchFolder(this.top, repository, workspace.isTrusted, () => void this.refresh());
  }
}

function describe(failure: { code: string; message: string; fix: string | undefined }): string {
  return `countersign: ${failure.message} (${failure.code})${failure.fix ? `\n  ${failure.fix}` : ''}`;
}
