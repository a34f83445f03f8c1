import type { Counted } from './counted.ts';
import type { Coverage, KeptRows } from './coverage.ts';
import type { GroupKey } from './answer-rows.ts';
import type { Cut, EvaluationPlan, Side } from './evaluation-plan.ts';
import type { EvaluationResult, ResultSideRows } from './result.ts';

/**
 * What became of the rows of each side, as it may be stored.
 *
 * @param read rows of each side's file, before `where`
 */
export function sideRows(
  plan: EvaluationPlan,
  { coverage, groups }: Pick<Counted, 'coverage' | 'groups'>,
  read: Readonly<Partial<Record<Side, number>>>,
): NonNullable<EvaluationResult['rows']> {
  return Object.fromEntries(
    plan.sides.flatMap((side): [Side, ResultSideRows][] => {
      const found = coverage[side];
      if (!found) return [];
      const scores = groups[side]?.[0]?.[0]?.scores;
      const unscored = scores ? { unscored: found.fates.used - scores.n } : {};
      return [[side, { ...rowsOf(plan, found, read[side] ?? found.rows), ...unscored }]];
    }),
  );
}

function rowsOf(
  plan: EvaluationPlan,
  { rows, fates, kept, otherLabel }: Coverage,
  read: number,
): ResultSideRows {
  const cuts = plan.cuts.map((cut, index) => ({ cut, groups: kept[index] ?? [] }));
  return {
    read,
    left_by_where: read - rows,
    ...fates,
    ...(otherLabel > 0 ? { other_label: otherLabel } : {}),
    groups: cuts.flatMap(({ cut, groups }) => leftOutOf(plan, cut, groups)),
    without_group: cuts.flatMap(({ cut, groups }) => withoutGroup(plan, cut, groups)),
  };
}

function isFew(count: number, least: number): boolean {
  return count > 0 && count < least;
}

/** Of a cut in which one group lacks few rows none tells how many: it would be the rest of the others. */
function leftOutOf(
  { minCell, maxLeftOut, minN }: EvaluationPlan,
  { columns, slice }: Cut,
  groups: readonly KeptRows[],
): ResultSideRows['groups'] {
  if (columns.length === 0 && slice === null) return [];
  const hidden = groups.some(({ of, used }) => isFew(of - used, minCell));
  return groups
    .filter(({ of, used }) => of > used && (slice === null || of > 0))
    .map(({ by, of, used }) => ({
      by,
      ...(slice === null ? {} : { slice }),
      left_out: hidden ? null : of - used,
      too_many: of >= minN && (of - used) / of > maxLeftOut,
    }));
}

/** Counted rows of which a column of a grouping is missing. */
function withoutGroup(
  { minCell, maxLeftOut }: EvaluationPlan,
  { columns, slice }: Cut,
  groups: readonly KeptRows[],
): ResultSideRows['without_group'] {
  const sum = (some: readonly KeptRows[]): number =>
    some.reduce((total, { used }) => total + used, 0);
  const [rows, all] = [sum(groups.filter(({ by }) => isUngrouped(by))), sum(groups)];
  return columns.length === 0 || rows === 0
    ? []
    : [
        {
          columns,
          ...(slice === null ? {} : { slice }),
          rows: isFew(rows, minCell) ? null : rows,
          too_many: rows / all > maxLeftOut,
        },
      ];
}

/** Whether a group is that of rows on which one of its columns is missing. */
export function isUngrouped(by: GroupKey): boolean {
  return Object.values(by).includes(null);
}

/** Rows that could be in the counts of a side, and are not: all but those that `where` leaves. */
export function leftOutRows(rows: ResultSideRows): number {
  return (
    rows.not_in_labels +
    rows.without_prediction +
    rows.only_in_other +
    rows.no_label +
    rows.invalid_label +
    rows.no_prediction +
    rows.invalid_prediction +
    rows.invalid_weight
  );
}

/** How many rows of a side a result leaves out, and of how many; null where it does not say so. */
export function leftOutShare(
  { rows, models }: Pick<EvaluationResult, 'rows' | 'models'>,
  side: Side,
): { readonly of: number; readonly leftOut: number } | null {
  const found = rows?.[side];
  if (found === undefined) return null;
  const used = models[side]?.overall.n ?? found.used;
  return { of: used + leftOutRows(found), leftOut: leftOutRows(found) };
}
