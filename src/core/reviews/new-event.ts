import { schemaName } from '../records/record-kind.ts';
import { randomName } from '../records/record-id.ts';
import type { ReviewEvent } from '../records/review-event.ts';
import { keyYaml, type Layout, valueYaml } from '../records/yaml/write-yaml.ts';

/** What a new event says; its file is written once and never again. */
export type NewEvent = Omit<ReviewEvent, 'schema'>;

const layout: Layout = { lineEnding: '\n' };

const order: readonly (keyof NewEvent)[] = [
  'thread',
  'record',
  'type',
  'anchor',
  'severity',
  'due',
  'event',
  'body',
  'by',
  'at',
];

/**
 * The id of a new event, and of the thread that it begins: eight random characters, so that two branches never write the
 * same file.
 *
 * @param bytes at least five random bytes
 */
export function newEventId(bytes: Uint8Array): string {
  return randomName(bytes);
}

/** The file of an event. */
export function eventPath(record: string, event: string): string {
  return `.countersign/reviews/${record}/${event}.yaml`;
}

/** The text of an event's file. Line ends of the body are line feeds, and nothing follows its last word. */
export function eventText(event: NewEvent): string {
  const values: NewEvent =
    event.body === undefined
      ? event
      : { ...event, body: event.body.replace(/\r\n?/g, '\n').trimEnd() };
  const said = order.filter(
    (key) =>
      values[key] !== undefined &&
      !(key === 'anchor' && Object.keys(values.anchor ?? {}).length === 0),
  );
  const entries = [
    ['schema', schemaName('review')] as const,
    ...said.map((key) => [key, values[key]] as const),
  ];
  return entries.map(([key, value]) => `${keyYaml(key)}:${valueYaml(value, 0, layout)}\n`).join('');
}
