import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** What a forge makes of Markdown: the elements, the addresses of links and images, and the text that a reader sees. */
export type Rendered = {
  readonly tags: ReadonlySet<string>;
  readonly links: readonly string[];
  readonly text: string;
};

/** Renders Markdown as GitHub does, with HTML let through, so that markup that got in is seen. */
export function rendered(markdown: string): Rendered {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return {
    tags: new Set([...html.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, tag]) => tag as string)),
    links: [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address as string),
    text: html
      .replace(/<[^>]*>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&amp;/g, '&'),
  };
}
