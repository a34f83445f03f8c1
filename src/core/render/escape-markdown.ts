import { escapeTerminal } from './terminal.ts';

/**
 * Text from records as one line of plain text in Markdown: no heading, table, link, image, HTML, mention or reference to
 * an issue comes of it, on GitHub, on GitLab or in an editor's preview.
 *
 * Punctuation with a meaning is escaped. Forges look for addresses, mentions and references once more in what was
 * rendered, where an escape is gone: those are broken by a word joiner (U+2060), which nobody sees.
 */
export function escapeMarkdown(text: string): string {
  return escapeTerminal(text)
    .replace(/\s+/g, ' ')
    .replace(reference, `$&${joiner}`)
    .replace(/[\\`*_{}[\]<>()#+!|~$^]/g, '\\$&')
    .replace(/&/g, '&amp;');
}

const joiner = '\u2060';

/** Where a mention, a reference or an address begins: `@name`, `#1`, `!1`, `GH-1`, `scheme://`, `www.`, `mailto:`. */
const reference = /[@#!$%~^&](?=\w)|\bGH-(?=\d)|\w:(?=\/\/)|\bwww(?=\.)|\b(?:mailto|xmpp)(?=:)/gi;
