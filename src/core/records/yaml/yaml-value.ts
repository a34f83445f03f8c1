import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  type Scalar,
} from 'yaml';
import type { Refusal } from './yaml-refusals.ts';
import type { FindingCode } from '../../finding/finding-code.ts';

/** A node's plain value, and what in it no record may hold. */
export type YamlValue = { readonly value: unknown; readonly refusals: readonly Refusal[] };

const loneSurrogate = /\p{Surrogate}/u;

/**
 * The plain value of parsed YAML: objects without a prototype to be surprised by, arrays, texts, finite numbers,
 * booleans and null. Finds duplicate keys and numbers that would lose digits.
 */
export function yamlValue(root: Node | null): YamlValue {
  const refusals: Refusal[] = [];
  const read = (node: unknown): unknown => {
    if (isMap(node)) return readMap(node.items as Pair[]);
    if (isSeq(node)) return node.items.map(read);
    if (isScalar(node)) return checkedScalar(node as Scalar.Parsed, refusals);
    return isAlias(node) ? undefined : null;
  };
  const readMap = (pairs: readonly Pair[]): object => {
    const map: Record<string, unknown> = {};
    for (const pair of pairs) {
      const key = keyText(pair);
      if (Object.hasOwn(map, key)) refusals.push(duplicateKey(key, pair.key as ParsedNode));
      // A plain assignment of `__proto__` would change the object's prototype instead of storing a value.
      else
        Object.defineProperty(map, key, {
          value: read(pair.value),
          enumerable: true,
          writable: true,
          configurable: true,
        });
    }
    return map;
  };
  return { value: read(root), refusals };
}

/** The text of a pair's key. Keys are texts even where they look like numbers. */
export function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function duplicateKey(key: string, node: ParsedNode): Refusal {
  const [start, end] = node.range ?? [0, 0];
  return {
    code: 'record/duplicate-key',
    message: `the key ${key} stands here a second time`,
    fix: 'keep one of them',
    start,
    end,
  };
}

function checkedScalar(node: Scalar.Parsed, refusals: Refusal[]): unknown {
  const [start, end] = node.range;
  const refuse = (code: FindingCode, message: string, fix: string): void =>
    void refusals.push({ code, message, fix, start, end });
  const { value, source } = node;
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      refuse(
        'record/not-finite',
        `${source ?? value} is not a finite number`,
        /^[0-9a-f]{7,64}$/.test(source ?? '')
          ? `put it in quotes: "${source}"`
          : 'write a number, or remove the key where nobody knows',
      );
    else if (
      Number.isInteger(value) &&
      !Number.isSafeInteger(value) &&
      /^[-+\w]+$/.test(source ?? '') &&
      !/^[-+]?\d+e/i.test(source ?? '')
    ) {
      refuse(
        'record/number-too-large',
        `${source} has more digits than a number keeps`,
        `put it in quotes, if it is a name or key: "${source}"`,
      );
    }
  }
  if (typeof value === 'string' && loneSurrogate.test(value))
    refuse(
      'record/not-a-character',
      'half of a surrogate pair is no character',
      'remove the escape',
    );
  return value;
}
