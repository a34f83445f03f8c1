/** A view with a tree: its rows, found by what a screen reader says of them. */
import type { Locator, Page } from 'playwright-core';

/** Drives one tree by keyboard. Rows out of sight are not drawn, so they are looked for by walking down. */
export type TreeView = {
  /** What is read out for the rows that are drawn, from the top. */
  labels(): Promise<readonly string[]>;
  /** Walks down from the top to the first row whose label contains every text, and leaves the focus on it. Fails where there is none. */
  goTo(...texts: readonly string[]): Promise<Locator>;
  /** Opens up the row that has the focus, or does nothing where it is open or has nothing below. */
  expand(): Promise<void>;
  /** Acts on the row that has the focus, as Enter does. */
  activate(): Promise<void>;
  /** Waits for the text that stands in place of a tree with no rows. */
  welcome(text: string | RegExp): Promise<void>;
};

/** Longest way down. */
const most = 300;

/** @param name of the view, as in its header */
export function treeView(page: Page, name: string): TreeView {
  const pane = page.locator('.pane').filter({ has: page.locator(`.pane-header[aria-label^="${name}"]`) });
  const tree = pane.getByRole('tree', { name, exact: true });
  const rows = tree.getByRole('treeitem');
  const focused = tree.locator('[role=treeitem].focused');

  async function fromTop(): Promise<void> {
    await rows.first().waitFor();
    await tree.focus();
    await page.keyboard.press('Home');
    await focused.waitFor();
  }

  return {
    labels: async () => {
      await rows.first().waitFor();
      return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    },
    goTo: async (...texts) => {
      await fromTop();
      const seen: string[] = [];
      for (let before = ''; seen.length < most; ) {
        const label = (await focused.getAttribute('aria-label')) ?? '';
        const place = `${await focused.getAttribute('id')} ${label}`;
        if (texts.every((text) => label.includes(text))) return focused;
        if (place === before) break;
        before = place;
        seen.push(label);
        await page.keyboard.press('ArrowDown');
      }
      throw new Error(`${name} has no row with ${texts.join(' and ')}; it has: ${seen.join(' | ')}`);
    },
    expand: async () => {
      if ((await focused.getAttribute('aria-expanded')) !== 'false') return;
      await page.keyboard.press('ArrowRight');
      await tree.locator('[role=treeitem].focused[aria-expanded=true]').waitFor();
    },
    activate: () => page.keyboard.press('Enter'),
    welcome: (text) => pane.locator('.welcome-view-content').filter({ hasText: text }).waitFor(),
  };
}
