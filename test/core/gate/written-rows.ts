import type { RangeCommit } from '../../../src/core/gate/authors.ts';
import type { MergedPath } from '../../../src/core/gate/carried-lines.ts';
import type { Touch } from './range-values.ts';

export const signoff = '.countersign/signoffs/model-change/ben.0123456789ab.00ff.yaml';

export type Row = {
  readonly name: string;
  readonly lands: readonly Touch[];
  readonly commits: readonly RangeCommit[];
  readonly landing?: readonly MergedPath[];
  readonly wrote: readonly string[];
};
