/** The palette and every list that asks something at the top of the workbench. */
import type { Page } from 'playwright-core';

/** Drives by keyboard what stands at the top of the workbench. */
export type QuickInput = {
  /** Runs a command by its whole title, as it stands in the palette: `Countersign: Show Feedback`. */
  run(title: string): Promise<void>;
  /** Opens a file of the folder, at a line from 1. */
  openFile(path: string, line?: number): Promise<void>;
  /** Picks the first item that contains a text; fails where there is none, or where no list was shown. */
  pick(text: string): Promise<void>;
  /** Answers a question that takes free text. */
  answer(text: string): Promise<void>;
  /** The labels of what is offered. */
  choices(): Promise<readonly string[]>;
  /** Leaves without an answer. */
  cancel(): Promise<void>;
};

export function quickInput(page: Page): QuickInput {
  const { field, rows, open, enter, leave, cancel } = topList(page);

  /** The palette lists what can be done when it opens, such as nothing of git's while git is at work: then a person opens it anew. */
  async function run(title: string): Promise<void> {
    for (let left = 5; ; left--) {
      await open('F1', `>${title}`);
      try {
        return await enter(
          title,
          (label) => label === title || label.startsWith(`${title}, `),
          6000,
        );
      } catch (error) {
        if (left === 0) throw error;
        await cancel();
      }
    }
  }

  return {
    run,
    openFile: async (path, line) => {
      const name = path.split('/').at(-1) ?? path;
      await open('ControlOrMeta+P', line === undefined ? path : `${path}:${line}`);
      // A comparison of the file bears its name too.
      await enter(path, (label) => label.includes(name) && !label.includes('↔'));
      // What is typed next goes where the focus is: into the file, once it stands in front and has it.
      const group = page.locator('.editor-group-container.active');
      await group
        .locator('.tab.active')
        .filter({ hasText: new RegExp(`^${name.replaceAll('.', '\\.')}(?!.*↔)`) })
        .first()
        .waitFor();
      await group.locator('.monaco-editor.focused').first().waitFor();
    },
    pick: async (text) => {
      await field.fill(text);
      await enter(text, (label) => label.includes(text));
    },
    answer: async (text) => {
      await field.fill(text);
      await leave();
    },
    choices: async () => {
      await rows.first().waitFor();
      return rows.evaluateAll((elements) =>
        elements.map((element) => element.getAttribute('aria-label') ?? ''),
      );
    },
    cancel,
  };
}

/** The one list at the top, whatever it asks. */
function topList(page: Page) {
  const box = page.locator('.quick-input-widget');
  const field = box.locator('input.input');
  const rows = box.locator('.monaco-list-row');

  /** Whatever takes the focus just then closes the list again, so that a person would press the key once more. */
  async function open(key: string, text: string): Promise<void> {
    for (let left = 5; ; left--) {
      try {
        await page.keyboard.press(key);
        await field.fill(text, { timeout: 3000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  /** Enters the row that fits, once the list has settled on it; what is typed finds more than what is meant. */
  async function enter(
    what: string,
    fits: (label: string) => boolean,
    patience = 60_000,
  ): Promise<void> {
    const end = Date.now() + patience;
    for (;;) {
      const labels = await rows.evaluateAll((elements) =>
        elements.map((element) => ({
          label: element.getAttribute('aria-label') ?? '',
          focused: element.classList.contains('focused'),
        })),
      );
      const focused = labels.find((row) => row.focused)?.label;
      if (focused !== undefined && fits(focused)) return leave();
      if (Date.now() > end)
        throw new Error(
          `The list does not offer ${what}, but: ${labels.map(({ label }) => label).join(' | ') || 'nothing'}`,
        );
      if (labels.some(({ label }) => fits(label))) await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(50);
    }
  }

  /** What comes next may be another list in the same box: typed too early, its answer would go into this one. */
  async function leave(): Promise<void> {
    const typed = await field.inputValue();
    await page.keyboard.press('Enter');
    await page.waitForFunction((text) => {
      const input = document.querySelector<HTMLInputElement>('.quick-input-widget input.input');
      return !input?.checkVisibility() || input.value !== text;
    }, typed);
  }

  async function cancel(): Promise<void> {
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
  }

  return { field, rows, open, enter, leave, cancel };
}
