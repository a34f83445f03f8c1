/** Collects what the extension says, for translators: `l10n/bundle.l10n.json`, from which a translation begins. */
import { globSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { getL10nJson } from '@vscode/l10n-dev';

const root = new URL('..', import.meta.url).pathname;

/** The text of the bundle: every string that goes through `l10n.t`, sorted. */
export async function l10nBundle(): Promise<string> {
  const sources = globSync('src/extension/**/*.ts', { cwd: root }).sort();
  const found = await getL10nJson(
    sources.map((path) => ({
      extension: '.ts' as const,
      contents: readFileSync(`${root}${path}`, 'utf8'),
    })),
  );
  return `${JSON.stringify(Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`;
}

if (import.meta.main) {
  await mkdir(`${root}l10n`, { recursive: true });
  await writeFile(`${root}l10n/bundle.l10n.json`, await l10nBundle());
}
