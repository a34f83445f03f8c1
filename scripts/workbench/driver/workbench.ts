/** The workbench in a browser, as a person sits before it. */
import type { Browser, Frame, Page } from 'playwright-core';
import type { WorkbenchServer } from '../start-server.ts';
import { type QuickInput, quickInput } from './quick-input.ts';
import { type TreeView, treeView } from './tree-view.ts';
import { webviewFrame } from './webview-frame.ts';

/** The themes that a page must be readable in: the name in the palette, and the class by which the window says that it is on. */
export const themes = {
  dark: { label: 'Dark 2026', className: 'vs-dark' },
  light: { label: 'Light 2026', className: 'vs' },
  'high-contrast': { label: 'Dark High Contrast', className: 'hc-black' },
  'high-contrast-light': { label: 'Light High Contrast', className: 'hc-light' },
} as const;

/** One window. Everything waits for what it needs, a minute or two at most, and fails with what it waited for. */
export type Workbench = {
  /** For what has no word of its own here. */
  readonly page: Page;
  readonly quickInput: QuickInput;
  view(name: string): TreeView;
  /** The document of a webview, once it has drawn its page. */
  webview(title: string | RegExp): Promise<Frame>;
  /** What the status bar says of the gate, once it has judged. */
  verdict(): Promise<string>;
  useTheme(theme: keyof typeof themes): Promise<void>;
  /** What is said in the corner of the window, newest first. */
  notifications(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** The whole of a cold start, on a machine that may be doing other things. */
const coldStart = 120_000;

/** Opens a folder, and waits until the extension has read it and the gate has answered. */
export async function openWorkbench(
  browser: Browser,
  server: WorkbenchServer,
  folder: string,
): Promise<Workbench> {
  const workbench = await openWindow(browser, server, folder);
  await workbench.verdict();
  return workbench;
}

/** Opens a folder, or with null an empty window, and waits for nothing of the extension, which may have no reason to start. */
export async function openWindow(
  browser: Browser,
  server: WorkbenchServer,
  folder: string | null,
): Promise<Workbench> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url(folder));
  // Its icon says that the editor knows the extension: a palette that was opened earlier would not list its commands.
  await page
    .locator('.activitybar [aria-label^=Countersign]')
    .first()
    .waitFor({ timeout: coldStart });
  const status = page.locator('[id="countersign.countersign.countersign.verdict"]');
  const workbench: Workbench = {
    page,
    quickInput: quickInput(page),
    view: (name) => treeView(page, name),
    webview: (title) => webviewFrame(page, title),
    verdict: async () => {
      await status.waitFor({ timeout: coldStart });
      await status.locator('.codicon-loading').waitFor({ state: 'detached' });
      return status.innerText();
    },
    useTheme: async (theme) => {
      const { label, className } = themes[theme];
      await workbench.quickInput.run('Preferences: Color Theme');
      await workbench.quickInput.pick(label);
      await page.locator(`.monaco-workbench.${className}`).first().waitFor();
    },
    notifications: () =>
      page.locator('.notification-toast .notification-list-item-message').allInnerTexts(),
    close: () => page.close(),
  };
  return workbench;
}
