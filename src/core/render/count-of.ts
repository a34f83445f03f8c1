/** `1 rule`, `2 rules`; the plural where it is not the word and an s. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
