import type { Side } from './evaluation-plan.ts';
import { groupName } from './report-words.ts';
import type { EvaluationResult, ResultSideRows } from './result.ts';

/** Groups that are named in the line; the others are counted. */
const mostGroups = 6;

/** From the rows read to the rows used, a line for each side: why rows are left out, and of which groups. */
export function rowsLines({
  rows,
  labels,
}: Pick<EvaluationResult, 'rows' | 'labels'>): readonly string[] {
  return (Object.entries(rows ?? {}) as [Side, ResultSideRows][]).map(([side, found]) =>
    [
      `${side}: ${[`${found.read} rows read`, ...rowReasons(found, true)].join(', ')}, ${found.used} used`,
      ...otherLabels(found),
      ...groupsOf(found, labels),
      ...withoutGroup(found),
    ].join('; '),
  );
}

/** Why rows are in no count, each with how many. */
export function rowReasons(rows: ResultSideRows, where = false): readonly string[] {
  const kinds: readonly (readonly [number, string])[] = [
    [where ? rows.left_by_where : 0, 'left by where'],
    [rows.not_in_labels, 'not among the labels'],
    [rows.without_prediction, 'people of the labels file without a prediction'],
    [rows.only_in_other, 'people of the other model alone'],
    [rows.no_label, 'without a label'],
    [rows.invalid_label, 'without a valid label'],
    [rows.no_prediction, 'without a prediction'],
    [rows.invalid_prediction, 'without a valid prediction'],
    [rows.invalid_weight, 'without a valid weight'],
  ];
  return kinds.flatMap(([count, words]) => (count > 0 ? [`${count} ${words}`] : []));
}

/** Where two files say different truths of one person, one of them is wrong. */
function otherLabels({ other_label: count }: ResultSideRows): readonly string[] {
  return count === undefined ? [] : [`${count} used rows have another label on the other side`];
}

function groupsOf(
  { groups }: ResultSideRows,
  names: EvaluationResult['labels'],
): readonly string[] {
  const own = groups.filter(({ by, slice }) => slice === undefined && Object.keys(by).length === 1);
  if (own.length === 0) return [];
  const sorted = [...own].sort((a, b) => (b.left_out ?? 0) - (a.left_out ?? 0));
  const told = sorted
    .slice(0, mostGroups)
    .map(({ by, left_out }) => `${groupName(by, names)} ${left_out ?? 'some'}`);
  const more = own.length > mostGroups ? [`${own.length - mostGroups} more groups`] : [];
  return [`left out by group: ${[...told, ...more].join(', ')}`];
}

function withoutGroup({ without_group }: ResultSideRows): readonly string[] {
  const own = without_group.filter(
    ({ slice, columns }) => slice === undefined && columns.length === 1,
  );
  return own.map(
    ({ columns, rows }) => `${columns.join(' × ')} missing on ${rows ?? 'some'} used rows`,
  );
}
