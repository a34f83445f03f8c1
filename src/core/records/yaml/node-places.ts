import { type CST, isMap, isSeq, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';

/** A list or a map as it stands in a text. */
export type Collection = YAMLMap<ParsedNode, ParsedNode | null> | YAMLSeq<ParsedNode>;

/** The value of an entry; null where nothing is written. */
export function childAt(parent: Collection, index: number): ParsedNode | null {
  if (isMap(parent)) return parent.items[index]?.value ?? null;
  return parent.items[index] ?? null;
}

/** What stands on the line after a place; nothing where a block already ended its line. */
export function restOfLine(text: string, offset: number | null): string {
  if (offset === null || text[offset - 1] === '\n') return '';
  const end = text.indexOf('\n', offset);
  return text.slice(offset, end === -1 ? text.length : end);
}

/** Where the last entry of a list or map in brackets ends; null where it has none. */
export function lastItemEnd(parent: Collection): number | null {
  const last = parent.items.length - 1;
  return last < 0
    ? null
    : Math.max(
        separatorEnd(parent, last) ?? 0,
        childAt(parent, last)?.range[1] ?? 0,
        isMap(parent) ? (parent.items[last]?.key.range[1] ?? 0) : 0,
      );
}

/** Where an entry begins: its key, or the dash of its line. */
export function startOf(parent: Collection, index: number): number {
  if (isMap(parent)) return parent.items[index]?.key.range[0] ?? 0;
  const dash = sequenceToken(parent, index);
  return dash?.offset ?? parent.items[index]?.range[0] ?? 0;
}

/** Where the colon or dash of an entry ends; null where it has none. */
export function separatorEnd(parent: Collection, index: number): number | null {
  const token = isMap(parent)
    ? parent.items[index]?.srcToken?.sep?.find(({ type }) => type === 'map-value-ind')
    : sequenceToken(parent, index);
  return token ? token.offset + 1 : null;
}

function sequenceToken(parent: YAMLSeq, index: number): CST.SourceToken | undefined {
  const token = parent.srcToken;
  return token?.type === 'block-seq'
    ? token.items[index]?.start.find(({ type }) => type === 'seq-item-ind')
    : undefined;
}

/** Where the last written character of an entry stands. */
export function itemEnd(parent: Collection, index: number): number {
  const node = childAt(parent, index);
  const separator = separatorEnd(parent, index) ?? 0;
  const key = isMap(parent) ? (parent.items[index]?.key.range[1] ?? 0) : 0;
  if (node === null || node.range[0] === node.range[1]) return Math.max(key, separator);
  return (isMap(node) || isSeq(node)) && !node.flow
    ? contentEnd(node as Collection)
    : node.range[1];
}

/** Where the last written character of a list or map stands. */
export function contentEnd(parent: Collection): number {
  return itemEnd(parent, parent.items.length - 1);
}

/** How far into its line an offset stands, from 0. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** The end of the line on which an offset stands, its ending included; the offset itself where a block already ended its line. */
export function endOfLine(text: string, offset: number): number {
  if (text[offset - 1] === '\n') return offset;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
