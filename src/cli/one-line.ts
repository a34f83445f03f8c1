/** What git and others say in several lines, as one: an error is one line. What is left of a terminal's own is escaped later. */
export function oneLine(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ');
}
