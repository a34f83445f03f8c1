import type * as z from 'zod';
import type { Finding } from '../../finding/finding.ts';
import type { YamlPath, YamlSource } from '../yaml/yaml-source.ts';
import { hiddenName } from '../yaml/line-slips.ts';
import { plainText } from './meant-value.ts';
import { nearestName } from './nearest-name.ts';
import type { FindingCode } from '../../finding/finding-code.ts';
import { commentFix, type Issue, listFix, meantFix, onePersonFix } from './value-fix.ts';

type Told = Pick<Finding, 'code' | 'message'> & { readonly fix: string };

/** One thing that a schema refuses, in words, at its place and with the very text to put there where it can be told. */
export function issueFinding(issue: Issue, source: YamlSource, schema: z.ZodType): Finding {
  const path = issue.path as YamlPath;
  const value = valueAt(source.value, path);
  const name = shownPath(path);
  if (value === undefined && path.length > 0) return missing(issue, path, source);
  const told = tell(issue, value);
  const refused = { schema, path, value, written: source.written(path), record: source.value };
  const comment = source.comment(path);
  const inComment = commentFix(comment?.text, refused);
  // Of a closed set, the nearest is named with all the others.
  const isOneOf = issue.code === 'invalid_value' && typeof value === 'string';
  const fix = isOneOf ? null : (inComment ?? onePersonFix(refused) ?? meantFix(refused));
  return {
    severity: 'error',
    code: told.code,
    message: `${name} ${told.message}`,
    fix: fix ?? listFix(issue, refused) ?? told.fix,
    ...(inComment !== null && comment ? comment.place : source.locate(path)),
  };
}

/** A path for people: `rollback.owner`, `options[2].title`. */
export function shownPath(path: YamlPath): string {
  if (path.length === 0) return 'the record';
  const plain = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      return plain.test(step) ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<string | number, unknown>)[step]
        : undefined,
    value,
  );
}

function missing(issue: Issue, path: YamlPath, source: YamlSource): Finding {
  const custom = issue.code === 'custom' ? paramsOf(issue) : {};
  const message =
    issue.code === 'custom'
      ? `${shownPath(path)} ${issue.message}`
      : `${shownPath(path)} is missing`;
  const fix = custom.fix ?? `add ${String(path.at(-1))}: ${expectation(issue)}`;
  return {
    severity: 'error',
    code: custom.code ?? 'record/missing-key',
    message,
    fix,
    ...source.locateKey(path.slice(0, -1)),
  };
}

function paramsOf(issue: Extract<Issue, { code: 'custom' }>): {
  readonly code?: FindingCode;
  readonly fix?: string;
} {
  return (issue.params ?? {}) as { code?: FindingCode; fix?: string };
}

function tell(issue: Issue, value: unknown): Told {
  if (value === null && issue.code !== 'custom')
    return {
      code: 'record/empty-value',
      message: 'has no value',
      fix: 'write one, or remove the key',
    };
  switch (issue.code) {
    case 'custom':
      return {
        code: paramsOf(issue).code ?? 'record/value',
        message: issue.message,
        fix: paramsOf(issue).fix ?? 'mend the value',
      };
    case 'invalid_value':
      return notOneOf(issue.values.map(String), value);
    case 'too_small':
    case 'too_big':
      return outOfRange(issue);
    case 'invalid_format':
      return badFormat(issue, value);
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_key':
      return {
        code: 'record/value',
        message: 'is not a name: letters, digits, "_" and "-", at most 64',
        fix: 'rename the key',
      };
    case 'invalid_union':
      return noBranch(issue, value);
    default:
      return {
        code: 'record/value',
        message: `is refused: ${issue.message}`,
        fix: 'mend the value',
      };
  }
}

function noBranch(issue: Extract<Issue, { code: 'invalid_union' }>, value: unknown): Told {
  const wanted = [
    ...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation))),
  ];
  const values = issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values.map(String) : [])),
  );
  if (values.length > 0 && typeof value === 'string' && !wanted.includes('text'))
    return notOneOf(values, value);
  if (wanted.length === 0)
    return { code: 'record/value', message: issue.message, fix: 'write one of the kinds' };
  return wrongType(wanted.join(' or '), value);
}

function notOneOf(values: readonly string[], value: unknown): Told {
  const plain = typeof value === 'string' ? plainText(value) : '';
  if (value !== plain && values.includes(plain))
    return {
      code: 'record/value',
      message: `is ${shown(value)}, where ${plain} is meant`,
      fix: `write ${plain}`,
    };
  const near = typeof value === 'string' ? nearestName(value, values) : null;
  const all = values.length === 1 ? `write ${values[0]}` : `write one of ${values.join(', ')}`;
  return {
    code: 'record/value',
    message: `is ${shown(value)}, which is not known here`,
    fix: near === null ? all : `did you mean ${near}? Else ${all}`,
  };
}

function outOfRange(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Told {
  const [bound, side] =
    issue.code === 'too_small' ? [issue.minimum, 'least'] : [issue.maximum, 'most'];
  const strict =
    issue.inclusive === false ? `${side === 'least' ? 'more' : 'less'} than` : `at ${side}`;
  const items = issue.origin === 'array' ? ' items long' : '';
  const unit = issue.origin === 'string' ? ' characters long' : items;
  if (issue.origin === 'string' && bound === 1)
    return {
      code: 'record/empty-value',
      message: 'is empty',
      fix: 'write a text, or remove the key',
    };
  return {
    code: 'record/range',
    message: `is out of range: it has to be ${strict} ${bound}${unit}`,
    fix:
      issue.origin === 'string' || issue.origin === 'array' || issue.inclusive === false
        ? 'write a value within the range'
        : `write ${bound} or ${side === 'least' ? 'more' : 'less'}`,
  };
}

function badFormat(issue: Extract<Issue, { code: 'invalid_format' }>, value: unknown): Told {
  return {
    code: 'record/value',
    message: `is ${shown(value)}, which ${issue.message}`,
    fix: formFix(issue.pattern ?? issue.format),
  };
}

/** A form in words, with an example; those that no person types by hand as the pattern that they are. */
function formFix(pattern: string): string {
  const prefix = /^\/?\^([A-Z]{2})-\[/.exec(pattern)?.[1];
  if (prefix !== undefined)
    return `write it like ${prefix}-7K2M9QXA: ${prefix}-, then 4 to 16 digits or capital letters`;
  const hex = /\[0-9a-f\]\{(\d+)(?:,(\d+))?\}/.exec(pattern);
  if (hex !== null)
    return `write it in digits and small letters from a to f, ${hex[2] === undefined ? hex[1] : `${hex[1]} to ${hex[2]}`} of them${pattern.includes('sha256') ? ', after sha256:' : ''}`;
  return pattern.includes('A-Za-z0-9')
    ? 'write letters, digits, "_" and "-" only'
    : `write it in the form ${pattern}`;
}

function wrongType(expected: string, value: unknown): Told {
  const wanted = words[expected] ?? expected;
  const quoted =
    wanted.split(' or ').includes('text') &&
    (typeof value === 'number' || typeof value === 'boolean');
  return {
    code: 'record/type',
    message: `is ${kindOf(value)}, and has to be ${wanted}`,
    fix: quoted ? 'put it in quotes' : `write ${wanted}`,
  };
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  tuple: 'a list',
  null: 'empty',
  nonoptional: 'a value',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return words[issue.expected] ?? issue.expected;
  if (issue.code === 'invalid_value')
    return issue.values.length === 1
      ? String(issue.values[0])
      : `one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_union')
    return [...new Set(issue.errors.flatMap((branch) => branch.slice(0, 1).map(expectation)))].join(
      ' or ',
    );
  return 'a value';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number';
  return typeof value === 'boolean' ? 'true or false' : 'a map';
}

/** A text in which blanks that are none of YAML's stand as what they are: `\\u00a0`. */
export function shownHidden(text: string): string {
  return [...text]
    .map((character) =>
      hiddenName(character) === null
        ? character
        : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .join('');
}

/** A value in a message: short, in quotes where it is text. */
function shown(value: unknown): string {
  const whole = typeof value === 'object' ? kindOf(value) : shownHidden(JSON.stringify(value));
  return whole.length > 60 ? `${whole.slice(0, 57)}…` : whole;
}
