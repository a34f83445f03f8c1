import type { Finding } from '../finding/finding.ts';
import { type RecordKind, recordKinds, schemaName } from './record-kind.ts';
import { nearestName } from './schema/nearest-name.ts';
import type { YamlSource } from './yaml/yaml-source.ts';

/** What the key `schema` says. `interpret`: the rest of the record may be read by this version. */
export type RecordHeader = {
  readonly kind: RecordKind | null;
  readonly interpret: boolean;
  readonly findings: readonly Finding[];
};

/** Judges the first key of a record: which kind it is, and of which version. */
export function recordHeader(
  path: string,
  byPath: RecordKind | null,
  source: YamlSource,
): RecordHeader {
  const { value } = source;
  if (value === undefined) return refuse([]);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse([notAMap(source)]);
  const named = Object.hasOwn(value, 'schema')
    ? (value as { readonly schema?: unknown }).schema
    : undefined;
  if (typeof named !== 'string') return refuse([withoutSchema(named, byPath, source)]);
  const order = source.topKeys[0] === 'schema' ? [] : [schemaNotFirst(source)];
  return judgeName(named, byPath, { path, source, order });
}

type Context = {
  readonly path: string;
  readonly source: YamlSource;
  readonly order: readonly Finding[];
};

function judgeName(
  named: string,
  byPath: RecordKind | null,
  { source, order }: Context,
): RecordHeader {
  const [, name = '', version = ''] = /^countersign\/(.*)@([^@]*)$/s.exec(named) ?? [];
  const kind = recordKinds.find((known) => known === name) ?? null;
  if (kind === null) return refuse([...order, unknownKind(named, byPath, source)]);
  if (version !== '1') return { ...refuse([...order, unknownVersion(version, source)]), kind };
  if (byPath !== null && byPath !== kind)
    return { ...refuse([...order, wrongKind(kind, byPath, source)]), kind };
  return { kind, interpret: true, findings: order };
}

function refuse(findings: readonly Finding[]): RecordHeader {
  return { kind: null, interpret: false, findings };
}

function notAMap(source: YamlSource): Finding {
  return {
    code: 'record/not-a-map',
    severity: 'error',
    message: 'a record is a map of keys and values',
    fix: 'begin the file with schema: countersign/<kind>@1',
    ...source.locate([]),
  };
}

function withoutSchema(named: unknown, byPath: RecordKind | null, source: YamlSource): Finding {
  const fix = `make the first line: schema: ${byPath ? schemaName(byPath) : 'countersign/<kind>@1'}`;
  if (named === undefined)
    return {
      code: 'record/missing-schema',
      severity: 'error',
      message: 'the key schema is missing',
      fix,
      ...source.locateKey([]),
    };
  return {
    code: 'record/type',
    severity: 'error',
    message: 'schema has to be text',
    fix,
    ...source.locate(['schema']),
  };
}

function schemaNotFirst(source: YamlSource): Finding {
  return {
    code: 'record/schema-not-first',
    severity: 'error',
    message: 'schema is not the first key',
    fix: 'move the line with schema to the top',
    ...source.locateKey(['schema']),
  };
}

function unknownKind(named: string, byPath: RecordKind | null, source: YamlSource): Finding {
  const near = byPath ? schemaName(byPath) : nearestName(named, recordKinds.map(schemaName));
  const fix = near ? `write ${near}` : `write one of ${recordKinds.map(schemaName).join(', ')}`;
  return {
    code: 'record/unknown-kind',
    severity: 'error',
    message: `no kind of record is called ${named}`,
    fix,
    ...source.locate(['schema']),
  };
}

function unknownVersion(version: string, source: YamlSource): Finding {
  const message = `version ${version} of this kind of record is not known here, so the record is shown but not interpreted`;
  return {
    code: 'record/unknown-version',
    severity: 'error',
    message,
    fix: 'bring Countersign up to date, or write @1',
    ...source.locate(['schema']),
  };
}

function wrongKind(kind: RecordKind, byPath: RecordKind, source: YamlSource): Finding {
  const message = `this is a record of kind ${kind} where one of kind ${byPath} has to lie`;
  return {
    code: 'record/wrong-kind',
    severity: 'error',
    message,
    fix: `move the file, or write schema: ${schemaName(byPath)}`,
    ...source.locate(['schema']),
  };
}
