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
  /** Takes a way on that such a text offers, by its words. */
  follow(words: string): Promise<void>;
};

/** Longest way down, and how long a row may take to appear: views fill and refresh while one walks through them. */
const most = 400;
const patience = 90_000;

/** @param name of the view, as in its header */
export function treeView(page: Page, name: string): TreeView {
  const pane = page
    .locator('.pane')
    .filter({ has: page.locator(`.pane-header[aria-label^="${name}"]`) });
  const tree = pane.getByRole('tree', { name, exact: true });
  const { rows, focused, goTo, stay } = rowWalk(page, tree, name);
  return {
    labels: async () => {
      await rows.first().waitFor();
      return rows.evaluateAll((elements) =>
        elements.map((element) => element.getAttribute('aria-label') ?? ''),
      );
    },
    goTo,
    expand: async () => {
      const label = await stay();
      if ((await focused.getAttribute('aria-expanded')) !== 'false') return;
      await page.keyboard.press('ArrowRight');
      // A refresh may take the focus from the row meanwhile.
      await tree
        .locator(`[role=treeitem][aria-expanded=true][aria-label=${JSON.stringify(label)}]`)
        .first()
        .waitFor();
    },
    activate: async () => {
      await stay();
      await page.keyboard.press('Enter');
    },
    follow: (words) =>
      pane
        .locator('.welcome-view-content')
        .getByRole('button', { name: words, exact: true })
        .click(),
    welcome: (text) => pane.locator('.welcome-view-content').filter({ hasText: text }).waitFor(),
  };
}

/** Walks down the rows of a tree. @param name of the view, as in its header */
function rowWalk(page: Page, tree: Locator, name: string) {
  const rows = tree.getByRole('treeitem');
  const focused = tree.locator('[role=treeitem].focused');
  /** The row that was gone to last. */
  let wanted: readonly string[] | null = null;

  /** What is read out for the row with the focus, and what tells it from every other; fails where a refresh took the focus. */
  async function here(): Promise<{ readonly label: string; readonly place: string }> {
    const row = await focused.evaluate(
      (element) => ({ id: element.id, label: element.getAttribute('aria-label') ?? '' }),
      undefined,
      { timeout: 1000 },
    );
    return { label: row.label, place: `${row.id} ${row.label}` };
  }

  /** @returns null on the row that fits, else the labels that were passed on the whole way down */
  async function walk(fits: (label: string) => boolean): Promise<readonly string[] | null> {
    await tree.focus();
    await page.keyboard.press('Home');
    const seen: string[] = [];
    for (let before = ''; seen.length < most; ) {
      const { label, place } = await here();
      if (fits(label)) return null;
      if (place === before) break;
      before = place;
      seen.push(label);
      await page.keyboard.press('ArrowDown');
    }
    return seen;
  }

  async function goTo(...texts: readonly string[]): Promise<Locator> {
    wanted = texts;
    await rows.first().waitFor();
    const end = Date.now() + patience;
    for (;;) {
      const seen = await walk((label) => texts.every((text) => label.includes(text))).catch(
        (error: unknown) => [String(error)],
      );
      if (seen === null) return focused;
      if (Date.now() > end)
        throw new Error(
          `${name} has no row with ${texts.join(' and ')}; it has: ${seen.join(' | ')}`,
        );
      await page.waitForTimeout(300);
    }
  }

  /** What the row with the focus says; where a refresh took the focus from the one that was gone to, it is gone to again. */
  async function stay(): Promise<string> {
    for (let left = 5; ; left--) {
      try {
        return (await here()).label;
      } catch (error) {
        if (left === 0 || wanted === null) throw error;
        await goTo(...wanted);
      }
    }
  }

  return { rows, focused, goTo, stay };
}
