import type { Repository } from '../../app/repository.ts';
import type { SignoffStanding } from '../../app/signoff-standing.ts';
import { unverifiedStanding } from '../../app/unverified-standing.ts';

/** Asks what sign-offs are worth, by their paths. */
export type AskStanding = (
  repository: Repository,
  paths: readonly string[],
) => Promise<readonly SignoffStanding[]>;

/**
 * What sign-offs are worth, as `countersign trail` tells it: asked for the rows that show one, all of a moment together,
 * and again once something may have changed. Until then what was said last stays.
 */
export class Standings {
  readonly #ask: AskStanding;
  readonly #changed: () => void;
  readonly #known = new Map<string, SignoffStanding>();
  #asked = new Set<string>();
  #waiting: { readonly repository: Repository; readonly path: string }[] = [];

  /** @param changed told when there are new answers */
  constructor(ask: AskStanding, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** What a sign-off is worth; undefined until it is known, which it then will be soon. */
  of(repository: Repository, path: string): SignoffStanding | undefined {
    const key = keyOf(repository, path);
    if (!this.#asked.has(key)) {
      this.#asked.add(key);
      if (this.#waiting.push({ repository, path }) === 1) queueMicrotask(() => void this.#answer());
    }
    return this.#known.get(key);
  }

  /** Files, keys or what is staged may be others now: everything is asked again when it is next shown. */
  forget(): void {
    this.#asked = new Set();
  }

  async #answer(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const repository of new Set(waiting.map((one) => one.repository))) {
      const paths = waiting.filter((one) => one.repository === repository).map(({ path }) => path);
      const found = await this.#ask(repository, paths).catch((error: unknown) =>
        paths.map((file) =>
          unverifiedStanding(file, error instanceof Error ? error.message : String(error)),
        ),
      );
      for (const standing of found) this.#known.set(keyOf(repository, standing.file), standing);
    }
    this.#changed();
  }
}

function keyOf({ top }: Repository, path: string): string {
  return `${top}\0${path}`;
}
