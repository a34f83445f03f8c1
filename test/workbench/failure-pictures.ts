import { mkdirSync } from 'node:fs';
import { afterEach } from 'node:test';
import type { Workbench } from '../../scripts/workbench/driver/workbench.ts';

const folder = new URL('../../.cache/screenshots/failed/', import.meta.url).pathname;

/** What Node gives to this hook, and its types do not know yet. */
type Ended = { readonly name: string; readonly passed: boolean; diagnostic(message: string): void };

/** Keeps a picture of the window after each test that fails, and says where: what a person would have seen. */
export function pictureFailures(workbench: () => Workbench | undefined): void {
  afterEach(async (context) => {
    const ended = context as unknown as Ended;
    if (ended.passed) return;
    mkdirSync(folder, { recursive: true });
    const path = `${folder}${ended.name.replaceAll(/\W+/g, '-')}.png`;
    await workbench()?.page.screenshot({ path });
    ended.diagnostic(`how it looked: ${path}`);
  });
}
