/** What the stories of the workbench share: pictures in one of the editor's themes, and what a person does over and over. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { themes, Workbench } from '../../scripts/workbench/driver/workbench.ts';

const root = new URL('../..', import.meta.url).pathname;

/** The theme of this run: THEME=light, high-contrast or high-contrast-light chooses another than dark. */
export const theme = (process.env['THEME'] ?? 'dark') as keyof typeof themes;

/** Takes a picture of the window under `.cache/screenshots/<story>/<theme>/`. */
export function camera(story: string): (workbench: Workbench, name: string) => Promise<void> {
  const folder = join(root, '.cache', 'screenshots', story, theme);
  mkdirSync(folder, { recursive: true });
  return async ({ page }, name) => {
    // What has just changed is still being drawn.
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
}

/** A test of the story; where it fails, what was on the screen is left in a picture. */
export function scene(
  name: string,
  shown: () => readonly Workbench[],
  run: () => Promise<void>,
): void {
  test(name, async () => {
    try {
      await run();
    } catch (error) {
      for (const [at, workbench] of shown().entries())
        await camera('story')(workbench, `failed-${name.slice(0, 2)}-${at}`).catch(() => {});
      throw error;
    }
  });
}

/** Waits until a probe gives something: nobody tells a test when the editor has drawn. */
export async function eventually<Value>(
  what: string,
  probe: () => Value | Promise<Value>,
  patience = 60_000,
): Promise<NonNullable<Value>> {
  const end = Date.now() + patience;
  let last: unknown;
  for (;;) {
    const value = await Promise.resolve()
      .then(probe)
      .catch((error: unknown) => {
        last = error;
        return null;
      });
    if (value) return value;
    if (Date.now() > end) throw new Error(`It never came that ${what}.`, { cause: last });
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** git in a folder, with nothing of the machine's own configuration. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(),
  });
}

/** The built command line in a folder: what it prints, and how it ends. */
export function countersign(
  folder: string,
  ...args: readonly string[]
): { readonly exit: number; readonly text: string } {
  try {
    return {
      exit: 0,
      text: execFileSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        env: cleanEnvironment(),
      }),
    };
  } catch (error) {
    const { status, stdout, stderr } = error as {
      readonly status: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { exit: status, text: `${stdout}${stderr}` };
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    NO_COLOR: '1',
  };
}

/** Opens a file in the first column, beside what stands in the second. */
export async function openLeft(
  { quickInput }: Workbench,
  path: string,
  line?: number,
): Promise<void> {
  await quickInput.run('View: Focus First Editor Group');
  await quickInput.openFile(path, line);
}

/** Opens a file at a line and replaces what stands in that line but for its indentation, then saves. */
export async function rewriteLine(
  workbench: Workbench,
  path: string,
  line: number,
  text: string,
): Promise<void> {
  const { page } = workbench;
  await openLeft(workbench, path, line);
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  await page.keyboard.type(text);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+S');
}

/** Stages everything, and waits until the gate has looked at it. The editor stages what it has noticed, so a person looks and does it again. */
export async function stageAll(
  { page, quickInput, verdict }: Workbench,
  folder: string,
): Promise<void> {
  for (
    let left = 5;
    left > 0 &&
    !/^(?:[A-Z] {2}.*\n)*$/.test(git(folder, 'status', '--porcelain', '--untracked-files=all'));
    left--
  ) {
    await quickInput.run('Git: Stage All Changes');
    await page.waitForTimeout(1500);
  }
  await verdict();
}

/** Stages everything and commits from Source Control; a refusal is what the editor shows of it. */
export async function commitAll(
  workbench: Workbench,
  folder: string,
  message: string,
): Promise<void> {
  const { page } = workbench;
  await stageAll(workbench, folder);
  await page.keyboard.press('ControlOrMeta+Shift+G');
  await page.locator('.scm-editor').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(message);
  const written = page.locator('.scm-editor .view-lines').filter({ hasText: message });
  await written.waitFor();
  await eventually(
    'the editor takes the commit, or asks about it',
    async () =>
      (await page.locator('.monaco-dialog-box').isVisible()) ||
      !(await written.isVisible()) ||
      commitTaken(page),
  );
}

/** While git is at work the editor takes no commit, and says nothing: then a person presses the keys once more. */
async function commitTaken(page: Page): Promise<boolean> {
  const ready = page
    .locator('.scm-view .monaco-button:not(.disabled)')
    .filter({ hasText: 'Commit' })
    .first();
  if (!(await ready.isVisible())) return false;
  await page.keyboard.press('ControlOrMeta+Enter');
  // Pressed twice too soon, it would be committed twice.
  await Promise.any([
    ready.waitFor({ state: 'hidden', timeout: 20_000 }),
    page.locator('.monaco-dialog-box').waitFor({ timeout: 20_000 }),
  ]);
  return true;
}

/** Opens the menu of the row that has the focus, and chooses from it. A view that is drawn again closes its menu. */
export async function chooseFromMenu(
  { page }: Workbench,
  name: string,
  seen: () => Promise<void> = async () => {},
): Promise<void> {
  const item = page.locator('.monaco-menu').getByRole('menuitem', { name });
  for (let left = 5; ; left--) {
    await page.keyboard.press('Shift+F10');
    try {
      await item.waitFor({ timeout: 2000 });
      await seen();
      return await item.click({ timeout: 2000 });
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** What a modal dialog says; it is closed by its first button of that name. */
export async function dialog({ page }: Workbench, button: string): Promise<string> {
  const box = page.locator('.monaco-dialog-box');
  await box.waitFor();
  const text = await box.locator('.dialog-message-container').innerText();
  await box.getByRole('button', { name: button }).click();
  await box.waitFor({ state: 'hidden' });
  return text;
}

/** Runs commands of ours in the editor's terminal, which gets the whole window, until a text stands there. */
export async function inTerminal(
  { page, quickInput }: Workbench,
  commands: readonly string[],
  until: string,
): Promise<void> {
  await quickInput.run('View: Close All Editors');
  await quickInput.run('Terminal: Create New Terminal');
  const terminal = page.locator('.xterm-helper-textarea').last();
  await terminal.waitFor({ state: 'attached' });
  await quickInput.run('View: Toggle Maximized Panel');
  await terminal.focus();
  await page.keyboard.type(
    `PS1='$ '; countersign() { '${process.execPath}' '${join(root, 'dist', 'cli.js')}' "$@"; }; clear\n`,
  );
  await page.keyboard.type(`${commands.map((command) => `countersign ${command}`).join('; ')}\n`);
  await page.locator('.xterm-rows:visible').getByText(until).first().waitFor();
}
