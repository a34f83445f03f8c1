/** Tells from the news of a window from when on a question stands there in the place of the one before: keys that are told after are an answer to it. */
export class QuestionSwap {
  readonly #fresh: boolean;
  #emptied: boolean;
  #listed = false;
  #answered = false;
  #forgot = false;

  /**
   * @param filled whether the field held something, so that there will be news of its being emptied
   * @param fresh whether it is about another matter than the question before
   */
  constructor(filled: boolean, fresh: boolean) {
    this.#emptied = !filled;
    this.#fresh = fresh;
  }

  /** The field was emptied. */
  emptied(): void {
    this.#emptied = true;
  }

  /** A row of the new question has the mark. */
  listed(): void {
    this.#listed = true;
  }

  /** The window has answered what it was asked after it was given the question. */
  answered(): void {
    this.#answered = true;
  }

  get done(): boolean {
    return this.#answered || (this.#listed && this.#emptied);
  }

  /** True once: when the question has come to stand there, and what was pressed before is for another matter. */
  forgets(): boolean {
    if (!this.done || this.#forgot) return false;
    this.#forgot = true;
    return this.#fresh;
  }
}
