import { compareText } from '../core/finding.ts';
import { closedValues, knownKeys, mayStand } from '../core/records/schema/schema-shape.ts';
import { nearestName } from '../core/records/schema/nearest-name.ts';
import { recordSchemas } from '../core/records/schemas.ts';
import { kindOfPath } from '../core/records/kind-of-path.ts';
import type { ParsedRecord } from '../core/records/parse-record.ts';
import type { NamedKind } from '../core/records/record-kind.ts';
import { CountersignError } from './errors.ts';
import { indexRecords } from './index-records.ts';
import type { Repository } from './repository.ts';

export type ListRequest = {
  readonly kind: NamedKind;
  /** `key=value`, the key dotted. */
  readonly where: readonly string[];
  /** Dotted key; `-key` for the other way round. */
  readonly sort?: string | undefined;
  /** Words that must all occur in the record's text. */
  readonly search?: string | undefined;
};

/** A record with its path and plain value. */
export type ListedRecord = {
  readonly id: string;
  readonly path: string;
  readonly value: Readonly<Record<string, unknown>>;
};

/** Records of one kind that match, by id unless sorted otherwise; and the files of that kind that cannot be read, which might. */
export async function listRecords(
  repository: Repository,
  request: ListRequest,
): Promise<{ readonly listed: readonly ListedRecord[]; readonly unreadable: readonly string[] }> {
  const { records, unreadable } = await indexRecords(repository);
  const ofKind = records.filter(({ kind }) => kind === request.kind);
  const asked = request.where.map(parseWhere);
  for (const { key, wanted } of asked) {
    assertKey(request.kind, key, ofKind, '--where');
    assertValue(request.kind, key, wanted);
  }
  const key = request.sort?.replace(/^-/, '') ?? 'id';
  assertKey(request.kind, key, ofKind, '--sort');
  const words = (request.search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = ofKind.filter(
    (record) =>
      asked.every(({ test }) => test(record.value)) &&
      words.every((word) => textOf(record).includes(word)),
  );
  const listed = found.map(({ id, path, value }) => ({
    id: id ?? '',
    path,
    value: value as Readonly<Record<string, unknown>>,
  }));
  const sorted = listed.sort(
    (a, b) =>
      compareValues(valueAt(a.value, key), valueAt(b.value, key)) || compareText(a.id, b.id),
  );
  return {
    listed: request.sort?.startsWith('-') ? sorted.reverse() : sorted,
    unreadable: unreadable.filter((path) => kindOfPath(path) === request.kind),
  };
}

/** A question by a key, and whether a record answers it. */
type Where = {
  readonly key: string;
  readonly wanted: string;
  readonly test: (value: unknown) => boolean;
};

function parseWhere(text: string): Where {
  const at = text.indexOf('=');
  if (at < 1)
    throw new CountersignError(
      'usage/where',
      `--where ${JSON.stringify(text)} is not key=value`,
      'write it like --where status=new',
    );
  const [key, wanted] = [text.slice(0, at), text.slice(at + 1)];
  const test = (value: unknown): boolean => {
    const found = valueAt(value, key);
    return Array.isArray(found)
      ? found.some((item) => String(item) === wanted)
      : String(found ?? '') === wanted;
  };
  return { key, wanted, test };
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
  if (depth < 0 || records.some(({ value }) => valueAt(value, key) !== undefined)) return;
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
function assertValue(kind: NamedKind, key: string, wanted: string): void {
  const values = wanted === '' ? null : closedValues(recordSchemas[kind], key.split('.'));
  if (values === null || values.includes(wanted)) return;
  const near = nearestName(wanted, values);
  throw new CountersignError(
    'usage/value',
    `--where: ${JSON.stringify(wanted)} is no ${key} that ${kind === 'feedback' ? 'feedback' : `${kind}s`} can have`,
    `${near === null ? '' : `did you mean ${near}? Else `}say one of ${values.join(', ')}`,
  );
}

/** The value at a dotted key, or undefined. */
export function valueAt(value: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
          ? (inner as Record<string, unknown>)[part]
          : undefined,
      value,
    );
}

/** What has no value comes last. */
function compareValues(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
}

function textOf({ id, value }: ParsedRecord): string {
  return `${id ?? ''} ${JSON.stringify(value)}`.toLowerCase();
}
