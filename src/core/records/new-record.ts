import { idPrefixes, type NamedKind, schemaName } from './record-kind.ts';
import { entriesYaml, keyYaml, type Layout, valueYaml } from './yaml/write-yaml.ts';

/** What a new record begins with. `set` holds any further keys of its kind; undefined ones are left out. */
export type NewRecord = {
  readonly id: string;
  readonly title?: unknown;
  readonly set?: Readonly<Record<string, unknown>>;
};

const layout: Layout = { lineEnding: '\n' };

/** What a record needs to keep its schema where nobody said otherwise. Nothing here claims a time, a consent or a person. */
const starting: Readonly<Record<NamedKind, Readonly<Record<string, unknown>>>> = {
  feedback: { title: 'untitled', channel: 'issue', status: 'new' },
  decision: { title: 'untitled', status: 'proposed', owner: 'nobody', risk: 'high' },
  slice: { title: 'untitled', table: 'data', where: 'TRUE' },
  evaluation: {
    title: 'untitled',
    kind: 'offline',
    data: { candidate: { path: 'data/test.csv' } },
    columns: { label: 'label', prediction: 'prediction' },
  },
};

/** A value that a new record begins with for want of another: somebody has to look at it. `key` is dotted. */
export type Placeholder = { readonly key: string; readonly value: unknown };

/** What stands in a new record that nobody said. @param said the dotted keys that were set, the title among them where one was given */
export function placeholders(kind: NamedKind, said: readonly string[]): readonly Placeholder[] {
  // What a record is, and where it begins its way, is no guess.
  const settled = ['kind', 'status'];
  return leaves(starting[kind], '').filter(
    ({ key }) =>
      !settled.includes(key) && !said.some((other) => key === other || key.startsWith(`${other}.`)),
  );
}

function leaves(value: unknown, key: string): readonly Placeholder[] {
  if (typeof value !== 'object' || value === null) return [{ key, value }];
  return Object.entries(value).flatMap(([inner, deeper]) =>
    leaves(deeper, key === '' ? inner : `${key}.${inner}`),
  );
}

/** The order in which keys stand in a new record; others follow as they were given. */
const firstKeys: Readonly<Record<NamedKind, readonly string[]>> = {
  feedback: [
    'title',
    'body',
    'channel',
    'source',
    'received_at',
    'observed_at',
    'imported_at',
    'rater',
    'status',
  ],
  decision: [
    'title',
    'phase',
    'status',
    'owner',
    'risk',
    'governs',
    'context',
    'options',
    'decision',
    'consequences',
    'feedback',
  ],
  slice: ['title', 'table', 'where', 'protected', 'columns'],
  evaluation: ['title', 'question', 'kind', 'task', 'data', 'columns'],
};

/**
 * The text of a new record: `schema` first, then `id`, then the rest in the order of its kind. Where every value in
 * `set` keeps the schema, the text parses without an error finding.
 *
 * @param record without a time of receipt a feedback says `observed_at: unknown`: no time is invented
 * @throws RangeError for an id of another kind, or a number that is not finite
 */
export function newRecord(kind: NamedKind, { id, title, set = {} }: NewRecord): string {
  if (!new RegExp(`^${idPrefixes[kind]}-[0-9A-Z]{4,16}$`).test(id))
    throw new RangeError(`${id} is no id of a ${kind}`);
  const values: Record<string, unknown> = {
    ...starting[kind],
    ...(title === undefined ? {} : { title }),
    ...withoutUndefined(set),
  };
  if (kind === 'feedback' && values.received_at === undefined) values.observed_at ??= 'unknown';
  const known = firstKeys[kind].filter((key) => values[key] !== undefined);
  const rest = Object.keys(values).filter(
    (key) => !known.includes(key) && key !== 'schema' && key !== 'id',
  );
  const entries: readonly (readonly [string, unknown])[] = [
    ['schema', schemaName(kind)],
    ['id', id],
    ...[...known, ...rest].map((key) => [key, values[key]] as const),
  ];
  return entries
    .map(([key, value]) =>
      key === 'history' && Array.isArray(value) && value.length > 0
        ? `history:\n${entriesYaml(value, 2, layout)}\n`
        : `${keyYaml(key)}:${valueYaml(value, 0, layout)}\n`,
    )
    .join('');
}

function withoutUndefined(set: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}
