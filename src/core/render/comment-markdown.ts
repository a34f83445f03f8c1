/** Stands between characters that would begin something; it has no width, so that a reader sees the text as it was written. */
const apart = '\u200b';

/**
 * Markdown that somebody else wrote, made safe to show: no HTML, no image is fetched, and a link leads to the web or to a
 * mail address, never to a command or a file. The words themselves stay, also inside code.
 */
export function commentMarkdown(body: string): string {
  return body
    .replace(hidden, '\ufffd')
    .replace(/<(?=[A-Za-z/!?])/g, `<${apart}`)
    .replace(/!(?=\[)/g, `!${apart}`)
    .replace(
      /\](?=[(:])(?!\(\s*(?:https?:\/\/|mailto:)[^\s()]*\)|:\s*(?:https?:\/\/|mailto:))/gi,
      `]${apart}`,
    );
}

/** Characters that show nothing, or turn the direction of writing. Line feeds and tabs stay. */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
