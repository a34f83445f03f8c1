import type { Repository } from '../../app/repository.ts';
import { coalesce } from './coalesce.ts';
import {
  type FolderState,
  failureOf,
  type GateAnswer,
  type GateState,
  lastAnswer,
} from './snapshot.ts';

/** Milliseconds of quiet before files that changed are read again. */
const quiet = 250;

/** What a folder's reading asks of the editor. */
export type FolderAsks = {
  /** Reads the records. The gate of what it gives has not been asked yet, where it can be. */
  readonly read: () => Promise<FolderState>;
  /** Asks the gate, which takes longer. Must not throw. */
  readonly ask: (repository: Repository) => Promise<GateState>;
  /** Told of every new state. */
  readonly changed: (state: FolderState) => void;
};

/** Reads a folder's records, then asks the gate; each as often as it is wanted, neither twice at a time, and both may overlap. */
export class FolderReading {
  readonly #asks: FolderAsks;
  readonly #reading = coalesce(quiet, () => this.#read());
  /** Apart from the reading, so that what was written is in the views while the gate is still at what was before. */
  readonly #judging = coalesce(0, () => this.#judge());
  #state: FolderState = { kind: 'loading' };
  #disposed = false;

  constructor(asks: FolderAsks) {
    this.#asks = asks;
  }

  get state(): FolderState {
    return this.#state;
  }

  /** Reads again after a short quiet; resolves when that reading is done. Calls that come together are one reading. */
  soon(): Promise<void> {
    return this.#reading.soon();
  }

  /** Reads the records again at once; the gate is asked after that, and nobody waits for it. */
  now(): Promise<void> {
    return this.#reading.now();
  }

  /** Reads again at once, and resolves when the gate has answered too. */
  async judged(): Promise<void> {
    await this.#reading.now();
    await this.#judging.now();
  }

  dispose(): void {
    this.#disposed = true;
    this.#reading.dispose();
    this.#judging.dispose();
  }

  async #read(): Promise<void> {
    try {
      const state = await this.#asks.read();
      // The gate may have answered while this was read: what it said before that would be old news.
      this.#set(
        state.kind === 'ready' && state.gate.kind === 'checking'
          ? { ...state, gate: { kind: 'checking', last: this.#lastAnswer() } }
          : state,
      );
    } catch (error) {
      this.#set({ kind: 'failed', failure: failureOf(error) });
    }
    if (this.#waitsForGate()) void this.#judging.soon();
  }

  /** An answer is shown at once, also where something was read anew meanwhile: then the gate is asked once more. */
  async #judge(): Promise<void> {
    const state = this.#state;
    if (state.kind !== 'ready' || !state.repository || !this.#waitsForGate()) return;
    const gate = await this.#asks.ask(state.repository);
    if (this.#state === state) this.#set({ ...state, gate });
    else if (
      this.#state.kind === 'ready' &&
      this.#state.gate.kind === 'checking' &&
      gate.kind === 'checked'
    )
      this.#set({ ...this.#state, gate: { kind: 'checking', last: gate } });
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
    this.#state = state;
    this.#asks.changed(state);
  }
}
