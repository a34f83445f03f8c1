/**
 * `exact` and `moved` are proofs: the anchored text, held by its digest or by the commit in which it was counted, at the only
 * such place near its symbol or neighbours. `unproven`: nothing is here to prove it by. `changed`: the text is another one;
 * `lost`: it is gone.
 */
export type AnchorState = 'exact' | 'moved' | 'changed' | 'lost' | 'unproven';

export const anchorStates: readonly AnchorState[] = [
  'exact',
  'moved',
  'changed',
  'lost',
  'unproven',
];

/** Where the lines of an anchor are today. `now` is null where nobody can say; it is a proposal where the state is no proof. */
export type FollowedAnchor = {
  readonly path: string;
  readonly lines: readonly [number, number];
  readonly symbol: string | null;
  readonly state: AnchorState;
  readonly now: { readonly path: string; readonly lines: readonly [number, number] } | null;
  readonly why: string;
};

/** Whether a state is a proof that the lines are the ones that were anchored. */
export function isProved({ state }: Pick<FollowedAnchor, 'state'>): boolean {
  return state === 'exact' || state === 'moved';
}
