import type { Rejudge } from './check-evidence.ts';

/** Judges a stored result again by its own counts and plan. Fails closed: what cannot be judged again has no verdict. */
export const rejudgeResult: Rejudge = () => ({ verdict: null, why: 'this version cannot judge stored results again' });
