/** A JSON value read strictly, or why not. */
export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: string };

/**
 * Reads JSON as a signature needs it: no duplicate keys (parsers differ in which one wins), no lone surrogates (they do
 * not survive UTF-8), no `__proto__`. The input must already be free of line feeds.
 */
export function parseStrictJson(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      why: `it is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (isDeep(text)) return { ok: false, why: `it is nested more than ${deepest} deep` };
  const repeated = repeatedKey(text);
  if (repeated !== null)
    return { ok: false, why: `the key ${JSON.stringify(repeated)} stands twice in one object` };
  if (loneSurrogate.test(text) || hasLoneSurrogate(value))
    return { ok: false, why: 'it holds half of a surrogate pair' };
  return { ok: true, value };
}

/** What is signed is a few levels deep; more would only exhaust whoever reads it. */
const deepest = 16;

/** Whether valid JSON text nests deeper than anybody needs. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    if (depth > deepest) return true;
  }
  return false;
}

/** Strings, brackets and commas of JSON text. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return loneSurrogate.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]) => loneSurrogate.test(key) || hasLoneSurrogate(inner),
  );
}

/** The first key that an object of valid JSON text holds twice, or that JavaScript would take for an object's prototype. */
function repeatedKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    const keys = open.at(-1);
    if (token.length > 1) {
      if (expectsKey && keys) {
        const key = JSON.parse(token) as string;
        if (keys.has(key) || key === '__proto__') return key;
        keys.add(key);
      }
      expectsKey = false;
    } else {
      // After a value that ends in a bracket comes no text but the next key; a list has none.
      expectsKey = true;
    }
  }
  return null;
}
