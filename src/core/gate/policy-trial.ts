import type { Landing, LandingState } from './landing.ts';

/** What a candidate policy would have done with a landing: `stopped` what landed well, `let-through` what did not, left it `as-it-was`, or was not tried where no policy stood. */
export type TriedOutcome = 'stopped' | 'let-through' | 'as-it-was' | 'untried';

/** A landing of the past, as it was judged and as the candidate judges it. */
export type TriedLanding = Pick<Landing, 'from' | 'to' | 'steps' | 'time' | 'subject'> & {
  readonly was: LandingState;
  readonly would: 'pass' | 'fail' | null;
  readonly outcome: TriedOutcome;
  /** What stands against it: by the candidate where that stops it, else by the policy of then. */
  readonly why: readonly string[];
};

/** A case kept in the repository, and what the candidate says of it. */
export type TriedCase = {
  readonly path: string;
  readonly about: string;
  readonly expect: 'pass' | 'fail';
  readonly would: 'pass' | 'fail';
  readonly as_expected: boolean;
  readonly why: readonly string[];
};

/** What a candidate policy would have said: the JSON of `policy try`. */
export type PolicyTrial = {
  readonly schema: 'countersign/policy-try@1';
  readonly target: string;
  readonly since: string | null;
  readonly tip: string;
  /** The candidate: its file as it was named, and its digest. */
  readonly policy: { readonly file: string; readonly digest: string };
  readonly landings: readonly TriedLanding[];
  readonly counts: Readonly<Record<TriedOutcome, number>>;
  readonly cases: readonly TriedCase[];
};

const well: ReadonlySet<LandingState> = new Set(['signed', 'ungoverned', 'excepted']);
const unasked: ReadonlySet<LandingState> = new Set(['unprotected', 'trusted']);

/** Reasons that are told of one landing; the others are told by a check. */
const mostReasons = 4;

/** Holds one replay of a history against another: the landings of the first, and what the second says of the same commits. */
export function compareReplays(
  past: readonly Landing[],
  tried: readonly Landing[],
): readonly TriedLanding[] {
  const ends = endsOf(tried);
  let begin = 0;
  return past.map((landing) => {
    const end = begin + landing.steps;
    // A landing of several commits may be several to the other policy, and some may be one.
    const same = tried.filter(
      (_, index) =>
        (ends[index] as number) > begin &&
        (ends[index] as number) - (tried[index] as Landing).steps < end,
    );
    begin = end;
    return triedLanding(landing, same);
  });
}

function endsOf(landings: readonly Landing[]): readonly number[] {
  let end = 0;
  return landings.map(({ steps }) => (end += steps));
}

function triedLanding(
  { from, to, steps, time, subject, state, findings }: Landing,
  same: readonly Landing[],
): TriedLanding {
  const about = { from, to, steps, time, subject, was: state };
  if (unasked.has(state) || same.some((landing) => unasked.has(landing.state)))
    return { ...about, would: null, outcome: 'untried', why: [] };
  const against = same.filter((landing) => !well.has(landing.state));
  const [was, would] = [well.has(state), against.length === 0];
  const own = was ? [] : findings;
  const why = reasons(would ? own : against.flatMap((landing) => landing.findings));
  const other = would ? 'let-through' : 'stopped';
  return {
    ...about,
    would: would ? 'pass' : 'fail',
    outcome: was === would ? 'as-it-was' : other,
    why,
  };
}

/** What errors say, each once, the first few. */
export function reasons(findings: Landing['findings']): readonly string[] {
  return [
    ...new Set(
      findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ),
  ].slice(0, mostReasons);
}

/** How many landings of each outcome. */
export function countOutcomes(landings: readonly TriedLanding[]): PolicyTrial['counts'] {
  const count = (asked: TriedOutcome): number =>
    landings.filter(({ outcome }) => outcome === asked).length;
  return {
    stopped: count('stopped'),
    'let-through': count('let-through'),
    'as-it-was': count('as-it-was'),
    untried: count('untried'),
  };
}
