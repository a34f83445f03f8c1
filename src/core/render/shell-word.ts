/** A text as one word of a POSIX shell, for a command that people copy: a name from a repository must not run anything. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
