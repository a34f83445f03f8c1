import { readFileSync } from 'node:fs';

/** The `sh` blocks of a page below docs/, as they stand there. */
export function shellBlocks(page: string): readonly string[] {
  return [
    ...readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8').matchAll(
      /^```sh\n([^]*?)^```/gm,
    ),
  ].map(([, text = '']) => text);
}
