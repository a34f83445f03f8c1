import type { SignoffAnswer } from '../../src/core/render/signoff-page.ts';

/** What a person said in one form besides its answers: why they reject, and what they ticked. */
export type SaidState = {
  readonly reason: string;
  readonly vouches: readonly string[];
  readonly meets: readonly string[];
};

/** What was answered and said and not signed yet, by the digest it was for, so that nothing typed is lost on a reload. */
export type SignoffState = {
  readonly answers: Readonly<Record<string, Readonly<Record<string, SignoffAnswer>>>>;
  readonly said: Readonly<Record<string, SaidState>>;
};

export const emptyState: SignoffState = { answers: {}, said: {} };

export const nothingSaid: SaidState = { reason: '', vouches: [], meets: [] };

/** By what a form's state is kept: what was said of one change says nothing of another. */
export function keyOf({
  rule,
  digest,
}: {
  readonly rule: string;
  readonly digest: string;
}): string {
  return `${rule} ${digest}`;
}

/** The state without what was said in one form, which is signed; the others on the page go on. */
export function without({ answers, said }: SignoffState, key: string): SignoffState {
  const others = <Value>(all: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name !== key));
  return { answers: others(answers), said: others(said) };
}
