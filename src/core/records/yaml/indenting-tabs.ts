import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { hiddenName } from './line-slips.ts';
import type { Refusal } from './yaml-refusals.ts';
import { listedErrors, tab } from './syntax-errors.ts';

function hiddenIndent(text: string, offset: number): Refusal {
  return {
    code: 'record/syntax',
    message: `the line is indented with ${hiddenName(text.slice(offset, offset + 1)) ?? 'a blank'}, which YAML takes for a part of the words`,
    fix: 'indent with spaces',
    start: offset,
    end: offset + 1,
  };
}

/** Tabs, and blanks that YAML does not know, before the first character of a line: YAML lets them pass in some places, with another meaning. Inside a text they stay. */
export function indentingTabs(text: string, root: ParsedNode | null): readonly Refusal[] {
  // Not `^` with the flag m: for that, a line begins behind U+2028 too, which YAML reads as a part of its line.
  const offsets = [...text.matchAll(/(?<![^\n]) *([^\S \r\n\ufeff])\s*?\S/g)].map(
    (found) => found.index + found[0].search(/[^ ]/),
  );
  const inside = offsets.length > 0 ? scalarRanges(root) : [];
  let next = 0;
  const outside = offsets.filter((offset) => {
    // Both lists rise, so that one walk over them is enough.
    while (next < inside.length && (inside[next]?.[1] ?? 0) <= offset) next += 1;
    // A blank that YAML does not know is the first character of a key.
    return (inside[next]?.[0] ?? Number.POSITIVE_INFINITY) >= offset;
  });
  return outside
    .slice(0, listedErrors)
    .map((offset) => (text[offset] === '\t' ? tab(offset) : hiddenIndent(text, offset)));
}

function scalarRanges(node: unknown): readonly (readonly [number, number])[] {
  if (isMap(node))
    return node.items.flatMap(({ key, value }) => [...scalarRanges(key), ...scalarRanges(value)]);
  if (isSeq(node)) return node.items.flatMap(scalarRanges);
  return isScalar(node) && node.range ? [[node.range[0], node.range[1]]] : [];
}
