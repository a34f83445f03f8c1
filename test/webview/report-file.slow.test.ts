import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { violations } from '../../scripts/workbench/driver/accessibility.ts';
import { findChromium } from '../../scripts/workbench/find-chromium.ts';

/** The HTML file of a report in a real browser, as it is sent to people who have no editor. */
const folder = new URL('../golden/report/', import.meta.url);
const modes = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
} as const;

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
});
after(() => browser?.close());

/** Opens a golden file; what it logs, and what it asks of anybody else, is kept. */
async function open(
  name: string,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<{ readonly page: Page; readonly told: readonly string[] }> {
  const page = await browser.newPage(options);
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('pageerror', (error) => told.push(String(error)));
  page.on('dialog', (dialog) => told.push(`dialog ${dialog.message()}`));
  page.on('request', (request) => request.url().startsWith('file:') || told.push(request.url()));
  await page.goto(new URL(`${name}.html`, folder).href);
  return { page, told };
}

for (const [mode, options] of Object.entries(modes)) {
  for (const name of ['plain', 'hostile', 'bare']) {
    test(`everybody can read the ${name} report in ${mode}`, async () => {
      const { page, told } = await open(name, options);
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      assert.deepEqual(await violations(page.mainFrame()), []);
      assert.deepEqual(told, []);
      await page.close();
    });
  }
}

test('the file runs no script', async () => {
  const { page, told } = await open('hostile', { javaScriptEnabled: false });
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  assert.deepEqual(told, []);
  await page.close();
});

const shownFigures = (page: Page): Promise<readonly string[]> =>
  page.locator('figure.panel:visible h3').allInnerTexts();

test('the figures are narrowed from the keyboard alone, without a script', async () => {
  const { page } = await open('plain');
  assert.deepEqual(
    await shownFigures(page),
    ['selection_rate by gender'],
    'the metric of the first target that is not met comes first',
  );
  await page.keyboard.press('Tab');
  while (
    !(await page.evaluate(() => document.activeElement?.matches('select[data-narrow="metric"]')))
  )
    await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  assert.equal((await shownFigures(page)).length, 6);
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await shownFigures(page), ['selection_rate by gender']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  const table = page.locator('figure.panel:visible details');
  await page.keyboard.press('Tab');
  while (!(await page.evaluate(() => document.activeElement?.matches('summary'))))
    await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.deepEqual(await table.getByRole('rowheader').allInnerTexts(), [
    'everyone',
    'women (female)',
  ]);
  await page.close();
});

test('on a narrow screen nothing but a table scrolls sideways', async () => {
  for (const name of ['plain', 'hostile']) {
    const { page } = await open(name, { viewport: { width: 360, height: 700 } });
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      name,
    );
    await page.close();
  }
});
