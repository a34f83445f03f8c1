import type { SignedOver } from '../graph/covering-signoffs.ts';
import type { ShownPath } from '../gate/raw-path.ts';

/** What is told of a sign-off's worth. */
export type ToldStanding = {
  readonly state: string;
  readonly why: string | null;
  readonly decision: string | null;
  readonly via: string | null;
  readonly landed: boolean;
  readonly replaced_by: string | null;
  readonly moved: readonly ShownPath[];
  readonly covers: SignedOver;
  readonly reason: string | null;
  readonly conditions: readonly {
    readonly text: string;
    readonly owner: string;
    readonly due: string;
    readonly state: string;
  }[];
};

/** Whether a sign-off stands for the bytes that are here, with the reason of a reject and the conditions. Not escaped. */
export function standingText(standing: ToldStanding): string {
  const { reason, conditions, via } = standing;
  return [
    worthOf(standing),
    ...(via === null ? [] : [`by ${via}, weaker than a key`]),
    ...(reason === null ? [] : [`because ${JSON.stringify(reason)}`]),
    ...conditions.map(
      ({ text, owner, due, state }) => `on condition that ${owner} by ${due}: ${text} (${state})`,
    ),
  ].join('; ');
}

function worthOf({
  state,
  why,
  decision,
  landed,
  replaced_by: replacedBy,
  moved,
  covers,
}: ToldStanding): string {
  if (state === 'unverified') return `not verified here: ${why ?? 'nobody could'}`;
  if (replacedBy !== null)
    return `replaced by a later one of the same person (${replacedBy.slice(replacedBy.lastIndexOf('/') + 1)})`;
  if (decision === 'reject' && state !== 'forged')
    return `${landed ? 'landed, and stops these bytes from landing again' : 'stops this change until it is replaced'}${moved.length > 0 ? `; ${named(moved)} moved since` : ''}`;
  if (state === 'stale')
    return `${landed ? 'landed; not for the bytes that are here' : 'STALE'}: ${moved.length > 0 ? `${named(moved)} moved since` : (why ?? 'what it is about moved since')}`;
  if (state !== 'valid') return `counts for nothing (${state})${why === null ? '' : `: ${why}`}`;
  if (covers === 'whole-change')
    return `${landed ? 'landed' : 'stands for what is staged'}; it covers the change as a whole, and lists no file of it`;
  return landed ? 'landed, and the bytes are still those' : 'stands for these bytes';
}

function named(paths: readonly ShownPath[]): string {
  const names = paths.map((path) => (typeof path === 'string' ? path : path.b64));
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');
}
