import type * as z from 'zod';
import type { Finding } from '../../finding/finding.ts';
import type { YamlPath, YamlSource } from '../yaml/yaml-source.ts';
import { closestName, nearestName } from './nearest-name.ts';
import { issueFinding, shownHidden, valueAt } from './schema-issue.ts';
import { knownKeys } from './schema-shape.ts';

type Issue = z.core.$ZodIssue;

/** Findings of one sort that are located and told: each costs a walk to its place, and a hostile file can hold 100,000. */
const listed = 200;

/** What a schema says of a value. `conforms`: nothing but unknown keys was found. */
export type SchemaVerdict = {
  readonly conforms: boolean;
  readonly issues: readonly Issue[];
  readonly unknown: readonly YamlPath[];
};

/**
 * Holds a value against a schema. Unknown keys are set aside first and the rest is judged again without them: an
 * unknown key must not keep a rule about several fields from being looked at.
 */
export function judgeValue(schema: z.ZodType, value: unknown): SchemaVerdict {
  const first = schema.safeParse(value);
  if (first.success) return { conforms: true, issues: [], unknown: [] };
  const unknown = flatten(first.error.issues).flatMap(unknownPaths);
  if (unknown.length === 0)
    return { conforms: false, issues: flatten(first.error.issues), unknown };
  const second = schema.safeParse(without(value, unknown));
  return {
    conforms: second.success,
    issues: second.success ? [] : flatten(second.error.issues),
    unknown,
  };
}

/** The verdict as findings. Keys that begin with `x-` are the team's own. */
export function schemaFindings(
  schema: z.ZodType,
  verdict: SchemaVerdict,
  source: YamlSource,
  severity: 'warning' | 'error',
): readonly Finding[] {
  const unknown = verdict.unknown
    .filter((path) => !isOwnKey(path))
    .slice(0, listed)
    .map((path) => unknownKey(schema, path, source, severity));
  const told = verdict.issues.filter(
    ({ code, path }) =>
      code !== 'unrecognized_keys' && !isToldElsewhere(path as YamlPath, source.value),
  );
  return [...unknown, ...told.slice(0, listed).map((issue) => issueFinding(issue, source, schema))];
}

/** Whether a path leads to a key that the team made for itself. */
export function isOwnKey(path: YamlPath): boolean {
  return String(path.at(-1)).startsWith('x-');
}

/** NaN and infinity are told by the reader of the text, with the number as it stands there; so is an item that is an alias. */
function isToldElsewhere(path: YamlPath, record: unknown): boolean {
  const value = valueAt(record, path);
  if (value === undefined) return typeof path.at(-1) === 'number';
  return typeof value === 'number' && !Number.isFinite(value);
}

function unknownPaths(issue: Issue): readonly YamlPath[] {
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => [...(issue.path as YamlPath), key])
    : [];
}

function unknownKey(
  schema: z.ZodType,
  path: YamlPath,
  source: YamlSource,
  severity: 'warning' | 'error',
): Finding {
  const key = String(path.at(-1));
  const known = knownKeys(schema, path.slice(0, -1));
  const near = nearestName(key, known);
  const guess =
    near === null
      ? `the nearest known key is ${closestName(key, known) ?? '(none)'}`
      : `did you mean ${near}?`;
  const fix = `${guess}${near === null ? '; a' : ' A'} key of your own begins with x-`;
  return {
    code: 'record/unknown-key',
    severity,
    message: `the key ${shownHidden(key)} is not known here`,
    fix,
    ...source.locateKey(path),
  };
}

/** A union's issues are those of the branch that was meant: the one whose outer form fits. */
function flatten(issues: readonly Issue[]): readonly Issue[] {
  return issues.flatMap((issue): readonly Issue[] => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const meant = issue.errors.filter(
      (branch) =>
        !branch.some(
          ({ path, code }) =>
            path.length === 0 && code !== 'unrecognized_keys' && code !== 'custom',
        ),
    );
    const best =
      meant.find((branch) => branch.every(({ code }) => code === 'unrecognized_keys')) ?? meant[0];
    return best === undefined
      ? [issue]
      : flatten(best.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue));
  });
}

/** A copy of the value without some keys; what lies beside them is shared. */
function without(value: unknown, paths: readonly YamlPath[]): unknown {
  if (paths.length === 0 || typeof value !== 'object' || value === null) return value;
  const removed = new Set(paths.filter((path) => path.length === 1).map(([key]) => String(key)));
  const deeper = new Map<string, YamlPath[]>();
  for (const [key, ...rest] of paths.filter((path) => path.length > 1)) {
    const known = deeper.get(String(key));
    if (known) known.push(rest);
    else deeper.set(String(key), [rest]);
  }
  const kept = Object.entries(value)
    .filter(([key]) => !removed.has(key))
    .map(([key, inner]) => [key, without(inner, deeper.get(key) ?? [])] as const);
  return Array.isArray(value) ? kept.map(([, inner]) => inner) : Object.fromEntries(kept);
}
