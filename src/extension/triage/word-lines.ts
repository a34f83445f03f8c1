import { oneLineWithoutIcons } from '../tree/one-line.ts';

/** Characters that a row of the list shows at its usual width, with room for a description. */
const width = 76;

/** A text in lines that a row can show whole, broken between words where that can be done; its own lines stay lines. */
export function wordLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\r\n]/)
    .flatMap((line) => broken(oneLineWithoutIcons(line, Number.POSITIVE_INFINITY)))
    .filter((line) => line !== '');
}

function broken(line: string): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > width / 2 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
