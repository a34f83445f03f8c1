import {
  type Disposable,
  EventEmitter,
  type OutputChannel,
  Uri,
  type WorkspaceFolder,
  workspace,
} from 'vscode';
import { watchFolder } from './file-watch.ts';
import { FolderReading } from './folder-reading.ts';
import type { FolderState, ReadyState } from './snapshot.ts';

/** One folder of the workspace: its records and what the gate says, kept up to date with the disk and with git. */
export class FolderSession implements Disposable {
  readonly folder: WorkspaceFolder;
  /** Fired with every new state. */
  readonly onDidChange;
  /** Absolute folder that record paths are relative to: the repository's top, or the folder itself. */
  top: Uri;
  readonly #changed = new EventEmitter<FolderState>();
  readonly #output: OutputChannel;
  readonly #reading = new FolderReading({
    read: () => this.#read(),
    ask: async (repository) => (await import('./load-folder.ts')).askGate(repository),
    changed: (state) => this.#tell(state),
  });
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
    return this.#reading.state;
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
  refreshNow(): Promise<void> {
    return this.#reading.judged();
  }

  /** The record or file at a path relative to the top. */
  uri(path: string): Uri {
    return Uri.joinPath(this.top, ...path.split('/'));
  }

  /** The path relative to the top with `/`, or null where the file lies elsewhere. */
  path(uri: Uri): string | null {
    const top = this.top.path.endsWith('/') ? this.top.path : `${this.top.path}/`;
    return uri.scheme === this.top.scheme && uri.path.startsWith(top)
      ? uri.path.slice(top.length)
      : null;
  }

  dispose(): void {
    this.#disposed = true;
    this.#reading.dispose();
    this.#watch?.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<FolderState> {
    const { readFolder } = await import('./load-folder.ts');
    const { state, repository } = await readFolder(this.folder.uri);
    if (repository) this.top = Uri.file(repository.top);
    this.#rewatch(repository);
    return state;
  }

  #tell(state: FolderState): void {
    if (state.kind === 'failed') this.#output.appendLine(describe(state.failure));
    if (state.kind === 'ready' && state.gate.kind === 'failed')
      this.#output.appendLine(describe(state.gate.failure));
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
