import type { SignoffStanding } from './signoff-standing.ts';

/** A sign-off that nobody could judge: nothing of it is known. What broke must not look as if it were well. */
export function unverifiedStanding(file: string, why: string): SignoffStanding {
  return {
    file,
    state: 'unverified',
    why,
    person: null,
    role: null,
    rule: null,
    decision: null,
    signed_at: null,
    via: null,
    landed: false,
    replaced_by: null,
    moved: [],
    covers: null,
    reason: null,
    conditions: [],
  };
}
