import type { CST } from 'yaml';

/** Something that a record may not hold although YAML could, at offsets of the text. */
export type Refusal = { readonly code: string; readonly message: string; readonly fix: string; readonly start: number; readonly end: number };

/** Levels of maps and lists that a record may nest. */
export const deepestNesting = 64;

/** Refusals of one kind that are listed: a file of nothing but aliases needs no more. */
const listed = 50;

type Visit = { readonly token: object; readonly depth: number };

const told: Readonly<Record<string, readonly [code: string, message: string, fix: string]>> = {
  anchor: ['record/anchor', 'an anchor', 'write the value out; records hold no anchors or aliases'],
  alias: ['record/alias', 'an alias', 'write the value out; records hold no anchors or aliases'],
  tag: ['record/tag', 'a tag', 'remove the tag; put a text that looks like a number in quotes'],
  directive: ['record/directive', 'a directive', 'remove it; records are YAML 1.2'],
};

/**
 * What is refused in the tokens of a text: anchors, aliases, tags, directives, nesting that is too deep.
 *
 * Looks at tokens, one by one and without recursion, so that no depth of nesting can exhaust the stack.
 */
export function refusedTokens(tokens: readonly CST.Token[]): { readonly refusals: readonly Refusal[]; readonly tooDeep: boolean } {
  const refusals: Refusal[] = [];
  const stack: Visit[] = tokens.map((token) => ({ token, depth: 0 })).reverse();
  for (let visit = stack.pop(); visit !== undefined; visit = stack.pop()) {
    const token = visit.token as Partial<CST.SourceToken> & { readonly items?: unknown };
    if (visit.depth > deepestNesting) return { refusals: [...refusals, deep(token.offset ?? 0)], tooDeep: true };
    const refused = refusals.length < listed ? refusal(token) : undefined;
    if (refused) refusals.push(refused);
    const depth = visit.depth + (Array.isArray(token.items) ? 1 : 0);
    for (const part of partsOf(token).reverse()) stack.push({ token: part, depth });
  }
  return { refusals, tooDeep: false };
}

function partsOf(token: object): object[] {
  const parts: object[] = [];
  for (const part of Object.values(token)) {
    if (Array.isArray(part)) parts.push(...part.filter((item) => typeof item === 'object' && item !== null));
    else if (typeof part === 'object' && part !== null) parts.push(part);
  }
  return parts;
}

function refusal(token: Partial<CST.SourceToken>): Refusal | undefined {
  const known = typeof token.type === 'string' && Object.hasOwn(told, token.type) ? told[token.type] : undefined;
  if (known === undefined || typeof token.offset !== 'number') return undefined;
  const source = token.source ?? '';
  return { code: known[0], message: `${known[1]}, ${source}, is not allowed in a record`, fix: known[2], start: token.offset, end: token.offset + source.length };
}

function deep(offset: number): Refusal {
  return { code: 'record/too-deep', message: `more than ${deepestNesting} levels are nested here`, fix: 'keep such data in a file of its own and refer to it', start: offset, end: offset + 1 };
}
