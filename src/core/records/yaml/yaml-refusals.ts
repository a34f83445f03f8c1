import { type CST, Lexer, Parser } from 'yaml';
import type { FindingCode } from '../../finding/finding-code.ts';

/** Something that a record may not hold although YAML could, at offsets of the text. */
export type Refusal = {
  readonly code: FindingCode;
  readonly message: string;
  readonly fix: string;
  readonly start: number;
  readonly end: number;
};

/** Levels of maps and lists that a record may nest. */
export const deepestNesting = 64;

/** Refusals of one kind that are listed: a file of nothing but aliases needs no more. */
const listed = 50;

const told: Readonly<Record<string, readonly [code: FindingCode, message: string, fix: string]>> = {
  anchor: ['record/anchor', 'an anchor', 'write the value out; records hold no anchors or aliases'],
  alias: ['record/alias', 'an alias', 'write the value out; records hold no anchors or aliases'],
  tag: ['record/tag', 'a tag', 'remove the tag; put a text that looks like a number in quotes'],
  directive: ['record/directive', 'a directive', 'remove it; records are YAML 1.2'],
};

/** The tokens of a text, and where nesting went beyond what a record may hold; reading stops there. */
export type Tokens = { readonly tokens: readonly CST.Token[]; readonly tooDeep: Refusal | null };

/** Reads the tokens of a text. The depth is watched on the way, so that no nesting can exhaust the stack of what comes after. */
export function readTokens(text: string): Tokens {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The document itself is one level of the parser's stack.
    if (parser.stack.length > deepestNesting + 1)
      return { tokens: [], tooDeep: deep(parser.offset - lexeme.length) };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, tooDeep: null };
}

/** What is refused in tokens: anchors, aliases, tags, directives. One by one and without recursion. */
export function refusedTokens(tokens: readonly CST.Token[]): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const stack: object[] = tokens.toReversed();
  for (
    let token = stack.pop();
    token !== undefined && refusals.length < listed;
    token = stack.pop()
  ) {
    const refused = refusal(token as Partial<CST.SourceToken>);
    if (refused) refusals.push(refused);
    pushParts(token, stack);
  }
  return refusals;
}

/** Puts the parts of a token on the stack, the first of them on top. */
function pushParts(token: object, stack: object[]): void {
  for (const part of Object.values(token).reverse()) {
    if (typeof part !== 'object' || part === null) continue;
    if (!Array.isArray(part)) stack.push(part);
    else
      for (let index = part.length - 1; index >= 0; index -= 1)
        if (typeof part[index] === 'object' && part[index] !== null) stack.push(part[index]);
  }
}

function refusal(token: Partial<CST.SourceToken>): Refusal | undefined {
  const known =
    typeof token.type === 'string' && Object.hasOwn(told, token.type)
      ? told[token.type]
      : undefined;
  if (known === undefined || typeof token.offset !== 'number') return undefined;
  const source = token.source ?? '';
  return {
    code: known[0],
    message: `${known[1]}, ${source}, is not allowed in a record`,
    fix: known[2],
    start: token.offset,
    end: token.offset + source.length,
  };
}

function deep(offset: number): Refusal {
  return {
    code: 'record/too-deep',
    message: `more than ${deepestNesting} levels are nested here`,
    fix: 'keep such data in a file of its own and refer to it',
    start: offset,
    end: offset + 1,
  };
}
