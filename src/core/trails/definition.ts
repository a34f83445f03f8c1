/** A function, class or other named thing of a source text: its name and its lines, from 1, decorators and body included. */
export type Definition = {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** False for a mere signature, as of an overload. */
  readonly body: boolean;
};
