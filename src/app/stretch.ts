import { composeEntries } from '../core/gate/compose-entries.ts';
import type { RawPath } from '../core/gate/raw-path.ts';
import type { Change } from './change.ts';
import type { History, HistoryStep } from './history.ts';

/** Commits of a first-parent history that might be one landing. */
export type Stretch = {
  readonly from: string;
  readonly last: HistoryStep;
  readonly steps: number;
  readonly change: Change;
  /** Paths that a step touches and another takes back. */
  readonly passing: readonly RawPath[];
};

/** The stretch from one step to another, both included, as the change that landed with it. */
export function stretchOf(history: History, first: number, last: number): Stretch {
  const steps = history.steps.slice(first, last + 1);
  const end = steps.at(-1) as HistoryStep;
  const from = history.steps[first - 1]?.oid ?? history.start;
  const entries = composeEntries(steps.map((step) => step.entries));
  const landing = new Set(entries.map(({ path }) => path.raw));
  return {
    from,
    last: end,
    steps: steps.length,
    passing: steps
      .flatMap((step) => step.entries.map(({ path }) => path))
      .filter(({ raw }) => !landing.has(raw)),
    change: {
      // Where other branches stood then, nobody knows.
      refs: history.pending ? history.refs : { ...history.refs, branches: new Map() },
      target: history.target,
      tip: from,
      head: end.oid,
      merged: [],
      headTree: steps.length === 1 ? end.headTree : end.tree,
      lands: end.tree,
      ...(history.pending ? {} : { landed: true }),
      upToDate: true,
      conflicts: [],
      entries,
      commits: steps.flatMap((step) => step.commits),
    },
  };
}
