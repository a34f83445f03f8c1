import { compareFindings, type Finding, type Position } from '../finding/finding.ts';
import { kindOfPath, recordName } from './kind-of-path.ts';
import { recordHeader } from './record-header.ts';
import { mergeConflict } from './merge-conflict.ts';
import { isNamedKind, type RecordKind, recordKinds, schemaName } from './record-kind.ts';
import { isOwnKey, judgeValue, schemaFindings } from './schema/schema-findings.ts';
import { type RecordValues, recordSchemas } from './schemas.ts';
import { decodeText } from './yaml/decode-text.ts';
import { mayLoseWords } from './yaml/lost-words.ts';
import { locatePlain } from './yaml/plain-places.ts';
import { plainYaml } from './yaml/plain-yaml.ts';
import { readMended } from './yaml/mended-yaml.ts';
import { readYaml, type YamlPath, type YamlSource } from './yaml/yaml-source.ts';

/** A record that keeps its schema, with the places of its values. */
export type ParsedRecord = {
  [Kind in RecordKind]: {
    readonly kind: Kind;
    /** Null for the kinds that have none. */
    readonly id: string | null;
    readonly path: string;
    /** What the file says, unknown keys included; nothing is filled in. */
    readonly value: RecordValues[Kind];
    /** Where a value stands; the nearest value around it where there is none. */
    readonly locate: (yamlPath: YamlPath) => Position;
    /** Where a key stands, or the item of a list. */
    readonly locateKey: (yamlPath: YamlPath) => Position;
  };
}[RecordKind];

/** What became of a file. */
export type Parsed = {
  /** By the path; where the path names none, by the key `schema`. */
  readonly kind: RecordKind | null;
  readonly path: string;
  /** Null where the file is no record that could be relied on; `findings` then holds an error that says why. */
  readonly record: ParsedRecord | null;
  /** The id that the file claims, also where the rest of it is broken, so that links to it are not called dangling. */
  readonly id: string | null;
  /** The plain value, for showing a record that is not interpreted; undefined where the text could not be read. */
  readonly raw: unknown;
  readonly findings: readonly Finding[];
};

/** Findings of one file that are listed. */
const listed = 200;

/**
 * Reads one record. Never throws: all that is wrong is found at once, each thing at its line and column.
 *
 * @param path relative to the repository's top; decides the kind and has to agree with the id
 * @param bytes the file as it is
 */
export function parseRecord(path: string, bytes: Uint8Array): Parsed {
  const kind = recordKindOf(path);
  const { text, findings } = decodeText(path, bytes);
  if (text === null) return { kind, path, record: null, id: null, raw: undefined, findings };
  const sound = soundRecord(path, kind, text);
  if (sound) return sound;
  const conflict = mergeConflict(path, text);
  if (conflict === null) return interpret(path, kind, text);
  const id = isNamedKind(kind) ? recordName(path) : null;
  return { kind, path, record: null, id, raw: undefined, findings: [conflict] };
}

/**
 * The short way for a record that is written plainly and has nothing wrong with it, which nearly all are: no places are
 * looked up before somebody asks. Null where there is anything to find.
 */
function soundRecord(path: string, byPath: RecordKind | null, text: string): Parsed | null {
  if (mayLoseWords(text)) return null;
  const value = plainYaml(text);
  const named = value === undefined ? undefined : (value as { readonly schema?: unknown }).schema;
  const kind = recordKinds.find((known) => schemaName(known) === named);
  if (
    value === undefined ||
    kind === undefined ||
    kind !== (byPath ?? kind) ||
    Object.keys(value)[0] !== 'schema'
  )
    return null;
  const { conforms, unknown } = judgeValue(recordSchemas[kind], value);
  if (
    !conforms ||
    unknown.some((keys) => !isOwnKey(keys)) ||
    misnamedKey(path, kind, value) !== null
  )
    return null;
  let known: Pick<YamlSource, 'locate' | 'locateKey'> | undefined;
  const places = (): Pick<YamlSource, 'locate' | 'locateKey'> => {
    known ??= locatePlain(path, text) ?? readYaml(path, text);
    return known;
  };
  const id = claimedId(kind, value);
  const record = {
    kind,
    id,
    path,
    value,
    locate: (at: YamlPath) => places().locate(at),
    locateKey: (at: YamlPath) => places().locateKey(at),
  } as ParsedRecord;
  return { kind, path, record, id, raw: value, findings: [] };
}

function recordKindOf(path: string): RecordKind | null {
  const kind = kindOfPath(path);
  return recordKinds.find((known) => known === kind) ?? null;
}

function interpret(path: string, byPath: RecordKind | null, text: string): Parsed {
  const { source, slips } = readMended(path, text);
  const header = recordHeader(path, byPath, source);
  const kind = byPath ?? header.kind;
  const id = claimedId(kind, source.value);
  const judged =
    header.interpret && kind !== null
      ? outsideOf(
          beforeBreak(judge(path, kind, source), source.findings),
          source.findings.filter(({ code }) => code === 'record/split-value'),
        )
      : [];
  // Where the mended text is still not what its place takes, that is told with the whole mend.
  const first = slips.filter(
    ({ line, column }) => !judged.some((found) => found.line === line && found.column === column),
  );
  const findings = ordered([...first, ...source.findings, ...header.findings, ...judged]);
  const sound =
    header.interpret && kind !== null && !findings.some(({ severity }) => severity === 'error');
  const record = sound
    ? ({
        kind,
        id,
        path,
        value: source.value,
        locate: source.locate,
        locateKey: source.locateKey,
      } as ParsedRecord)
    : null;
  return { kind, path, record, id, raw: source.value, findings };
}

function claimedId(kind: RecordKind | null, value: unknown): string | null {
  if (
    !isNamedKind(kind) ||
    typeof value !== 'object' ||
    value === null ||
    !Object.hasOwn(value, 'id')
  )
    return null;
  const { id } = value as { readonly id?: unknown };
  return typeof id === 'string' ? id : null;
}

function judge(path: string, kind: RecordKind, source: YamlSource): readonly Finding[] {
  const schema = recordSchemas[kind];
  const severity = kind === 'policy' ? 'error' : 'warning';
  return [
    ...schemaFindings(schema, judgeValue(schema, source.value), source, severity),
    ...nameMismatch(path, kind, source),
  ];
}

/** Refusals after which a text reads otherwise than its author meant. */
const breaks = ['record/syntax', 'record/tab', 'record/key'];

/** What a break in the text may bring about by itself. */
const guesswork = ['record/missing-key', 'record/empty-value', 'record/type'];

/** Where a text cannot be read as YAML, what follows is guesswork: only what stands before that place is told. */
function beforeBreak(
  findings: readonly Finding[],
  refusals: readonly Finding[],
): readonly Finding[] {
  const line = Math.min(
    ...refusals.filter(({ code }) => breaks.includes(code)).map((broken) => broken.line ?? 1),
  );
  return Number.isFinite(line)
    ? findings.filter((finding) => !guesswork.includes(finding.code) && (finding.line ?? 1) < line)
    : findings;
}

/** What is said of the pieces of a value that is told whole says nothing more. */
function outsideOf(findings: readonly Finding[], whole: readonly Finding[]): readonly Finding[] {
  return findings.filter(
    ({ line = 1, column = 1 }) =>
      !whole.some(
        (told) =>
          told.line === line &&
          (told.column ?? 1) <= column &&
          column < (told.end_column ?? Number.POSITIVE_INFINITY),
      ),
  );
}

/** A record under another name than its own would be found by one and missed by the other. */
function nameMismatch(path: string, kind: RecordKind, source: YamlSource): readonly Finding[] {
  const key = misnamedKey(path, kind, source.value);
  if (key === null) return [];
  const own = String((source.value as Readonly<Record<string, unknown>>)[key]);
  const name = recordName(path);
  const code = key === 'id' ? 'record/id-mismatch' : 'record/name-mismatch';
  return [
    {
      code,
      severity: 'error',
      message: `${key} is ${own}, and the file is called ${name}.yaml`,
      fix: `write ${key}: ${name}, or rename the file to ${own}.yaml`,
      ...source.locate([key]),
    },
  ];
}

/** The key whose value has to be the name of the file and is another; null where all is well. */
function misnamedKey(path: string, kind: RecordKind, value: unknown): 'id' | 'name' | null {
  const named = kind === 'checklist' || kind === 'import' ? 'name' : null;
  const key = isNamedKind(kind) ? 'id' : named;
  if (key === null || kindOfPath(path) === null) return null;
  const own = (value as Readonly<Record<string, unknown>> | null)?.[key];
  return typeof own !== 'string' || own === recordName(path) ? null : key;
}

/** Names in a file can be as long as the file; a message is for people. */
const longestMessage = 400;

function shortened(finding: Finding): Finding {
  if (finding.message.length <= longestMessage && (finding.fix ?? '').length <= longestMessage)
    return finding;
  const { message, fix = '' } = finding;
  return { ...finding, message: cut(message), fix: cut(fix) };
}

/** Never cuts a character of two code units in half. */
function cut(text: string): string {
  return text.length <= longestMessage
    ? text
    : `${text.slice(0, longestMessage).replace(/[\ud800-\udbff]$/, '')}…`;
}

function ordered(findings: readonly Finding[]): readonly Finding[] {
  const sorted = findings
    .map(shortened)
    .toSorted(compareFindings)
    .filter(
      (finding, index, all) =>
        index === 0 || compareFindings(finding, all[index - 1] as Finding) !== 0,
    );
  const [last] = sorted.slice(listed);
  if (last === undefined) return sorted;
  const rest: Finding = {
    ...last,
    code: 'record/more-findings',
    severity: 'error',
    message: `${sorted.length - listed} more findings are not listed`,
    fix: 'mend the first ones, then look again',
  };
  return [...sorted.slice(0, listed), rest];
}
