import type { Memento } from 'vscode';

/** Words that could not be written, kept in the workspace until they are written or thrown away. */
export type ReviewDraft = {
  readonly id: string;
  /** File of the record, as an address. */
  readonly uri: string;
  /** Key of the thread that they go on with; null where they begin one. */
  readonly thread: string | null;
  /** Event whose words they replace. */
  readonly event: string | null;
  /** Lines of the record that they are about, from 0. */
  readonly lines: readonly [number, number];
  readonly body: string;
};

const place = 'countersign.reviewDrafts';

/** The drafts of this workspace: they outlive a reload of the window. */
export class ReviewDrafts {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get all(): readonly ReviewDraft[] {
    return this.#memory.get<readonly ReviewDraft[]>(place, []);
  }

  async keep(draft: ReviewDraft): Promise<void> {
    await this.#memory.update(place, [...this.all.filter(({ id }) => id !== draft.id), draft]);
  }

  async drop(id: string): Promise<void> {
    await this.#memory.update(
      place,
      this.all.filter((draft) => draft.id !== id),
    );
  }
}
