import { compareText } from '../core/finding/finding.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import type { NamedKind } from '../core/records/record-kind.ts';
import {
  answers,
  momentOfAge,
  parseWhere,
  sortedBy,
  type Where,
} from '../core/records/record-query.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { closedValues, fits, knownKeys, mayStand } from '../core/records/schema/schema-shape.ts';
import { recordSchemas } from '../core/records/schemas.ts';
import { searchScore } from '../core/records/search-records.ts';
import { valuesAt } from '../core/records/values-at.ts';
import { CountersignError } from './errors.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';

export type ListRequest = {
  readonly kind: NamedKind;
  /** `key=value`, the key dotted; or `!=`, `>`, `>=`, `<`, `<=`, `~`. */
  readonly where: readonly string[];
  /** Dotted key; `-key` for the other way round. */
  readonly sort?: string | undefined;
  /** Words that must all occur in what people wrote. */
  readonly search?: string | undefined;
  /** At most so many. */
  readonly limit?: number | undefined;
};

/** A record with its path and plain value. */
export type ListedRecord = {
  readonly id: string;
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** Records that were asked for; `total` counts those that a limit leaves out too. `unreadable` are files of that kind that nobody could read, which might be among them. */
export type RecordList = {
  readonly listed: readonly ListedRecord[];
  readonly total: number;
  readonly unreadable: readonly string[];
};

/** Records of one kind that match: by the key that is named, else the best answer to a search first, else by id. */
export async function listRecords(
  repository: Repository,
  request: ListRequest,
): Promise<RecordList> {
  const { kind, sort, search, limit } = request;
  const { records, unreadable } = await indexRecords(repository);
  const ofKind = records.filter((record) => record.kind === kind);
  const now = repository.clock.now();
  const asked = request.where.map(whereOf).map((where) => ofToday(kind, where, now));
  for (const where of asked) {
    assertKey(kind, where.key, ofKind, '--where');
    assertValue(kind, where);
  }
  const key = sort?.replace(/^-/, '') ?? 'id';
  assertKey(kind, key, ofKind, '--sort');
  const found = ofKind
    .filter(({ value }) => asked.every((where) => answers(value, where, levelsOf(kind, where.key))))
    .map(({ id, path, value }) => ({
      id: id ?? '',
      path,
      value: value as Readonly<Record<string, unknown>>,
      score: search === undefined ? 0 : searchScore(value, search),
    }))
    .filter(({ score }) => score > 0 || (search ?? '').trim() === '')
    .sort((a, b) => b.score - a.score || compareText(a.id, b.id));
  const sorted =
    sort === undefined
      ? found
      : sortedBy(found, { sort, of: ({ value }) => value, levels: levelsOf(kind, key) });
  return {
    listed: sorted.slice(0, limit).map(({ id, path, value }) => ({ id, path, value })),
    total: sorted.length,
    unreadable: unreadable.filter((path) => kindOfPath(path) === kind),
  };
}

function whereOf(text: string): Where {
  const where = parseWhere(text);
  if (where === null)
    throw new CountersignError(
      'usage/where',
      `--where ${JSON.stringify(text)} is not key=value`,
      'write it like --where status=new, "received_at>2026-03-01", "received_at<30d" or title~threshold; != >= and <= are there too',
    );
  return where;
}

/** A question about a time with an age in it, as one about the moment that it names today. */
function ofToday(kind: NamedKind, where: Where, now: Date): Where {
  if (!/^[<>]/.test(where.operator) || !isMoment(kind, where.key)) return where;
  return { ...where, wanted: momentOfAge(where.wanted, now) ?? where.wanted };
}

/** Whether times or dates stand at a key. */
function isMoment(kind: NamedKind, key: string): boolean {
  const path = key.split('.');
  return (
    [aMoment, '2026-03-01'].some((value) => fits(recordSchemas[kind], path, value)) &&
    !fits(recordSchemas[kind], path, 'yesterday')
  );
}

const aMoment = '2026-03-01T09:12:00Z';

/** Keys whose values have an order of their own, in which their schema names them. */
const ranked = ['risk', 'severity', 'status', 'phase'];

function levelsOf(kind: NamedKind, key: string): readonly string[] | null {
  const path = key.split('.');
  return ranked.includes(path.at(-1) ?? '') ? closedValues(recordSchemas[kind], path) : null;
}

/**
 * A key that no record can have answers every question with nothing, and sorts nothing. What the schema knows may be asked,
 * and what some record holds: a team's own keys, the dimensions of a cohort.
 */
function assertKey(
  kind: NamedKind,
  key: string,
  records: readonly ParsedRecord[],
  option: string,
): void {
  const steps = key.split('.');
  const depth = steps.findIndex(
    (_, index) => !mayStand(recordSchemas[kind], steps.slice(0, index + 1)),
  );
  if (depth < 0 || records.some(({ value }) => valuesAt(value, key).length > 0)) return;
  const place = steps.slice(0, depth);
  const known = knownKeys(recordSchemas[kind], place);
  const near = nearestName(steps[depth] as string, known);
  const prefix = place.map((step) => `${step}.`).join('');
  throw new CountersignError(
    'usage/key',
    `${option}: ${kind === 'feedback' ? 'feedback has' : `${kind}s have`} no key ${JSON.stringify(key)}`,
    `${near === null ? '' : `did you mean ${prefix}${near}? `}${known.length === 0 ? `there is nothing below ${place.join('.')}` : `the keys are ${known.map((name) => `${prefix}${name}`).join(', ')}`}`,
  );
}

/** A value that no record can have there finds nothing, which would look like an answer. Asked for no value, those without one are found. */
function assertValue(kind: NamedKind, { key, operator, wanted }: Where): void {
  const schema = recordSchemas[kind];
  const path = key.split('.');
  const values = wanted === '' || operator === '~' ? null : closedValues(schema, path);
  const has = kind === 'feedback' ? 'feedback' : `${kind}s`;
  if (values !== null && !values.includes(wanted)) {
    const near = nearestName(wanted, values);
    throw new CountersignError(
      'usage/value',
      `--where: ${JSON.stringify(wanted)} is no ${key} that ${has} can have`,
      `${near === null ? '' : `did you mean ${near}? Else `}say one of ${values.join(', ')}`,
    );
  }
  if (!/^[<>]/.test(operator)) return;
  // What is compared has to be of the kind that stands there: a time beside "yesterday" has no order.
  const isNumbers = [1, 0.5].some((value) => fits(schema, path, value)) && !fits(schema, path, 'x');
  const isTime =
    /^\d{4}-\d\d-\d\d(?:T.*(?:Z|[+-]\d\d:\d\d))?$/.test(wanted) &&
    !Number.isNaN(Date.parse(wanted));
  if (isMoment(kind, key) && !isTime)
    throw new CountersignError(
      'usage/value',
      `--where: ${JSON.stringify(wanted)} is no time, and ${key} is one`,
      `write it like --where "${key}${operator}2026-03-01", "${key}${operator}${aMoment}" or, for 30 days ago, "${key}${operator}30d"`,
    );
  if (isNumbers && (wanted === '' || !Number.isFinite(Number(wanted))))
    throw new CountersignError(
      'usage/value',
      `--where: ${JSON.stringify(wanted)} is no number, and ${key} is one`,
      `write it like --where "${key}${operator}3"`,
    );
}
