import type { ShownPath } from '../gate/raw-path.ts';
import type { TrailStep } from './trail-tree.ts';

/** The files over which somebody signed; `whole-change` where there were too many to list; null where nobody can say. */
export type SignedOver = readonly ShownPath[] | 'whole-change' | null;

/** Whether a sign-off may be told of a file: its list names it, or it has none. */
export function mayCover(covers: SignedOver, path: string): boolean {
  return covers === null || covers === 'whole-change' || covers.includes(path);
}

/**
 * A file's trail without the sign-offs of other files: a decision stands over many, and each of its sign-offs is about
 * those that it lists alone.
 *
 * @param keep whether a sign-off, by its file, stays
 */
export function withoutSignoffs(step: TrailStep, keep: (file: string) => boolean): TrailStep {
  return {
    ...step,
    steps: step.steps
      .filter(({ node }) => node.kind !== 'signoff' || node.path === null || keep(node.path))
      .map((next) => withoutSignoffs(next, keep)),
  };
}
