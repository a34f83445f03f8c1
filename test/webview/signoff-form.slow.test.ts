/** The sign-off form in a real browser, with what it shows and sends: it talks to a test as it talks to the editor. */
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { violations } from '../../scripts/workbench/driver/accessibility.ts';
import { findChromium } from '../../scripts/workbench/find-chromium.ts';
import type {
  FromSignoffPage,
  SignoffDraft,
  SignoffWords,
  ToSignoffPage,
} from '../../src/core/render/signoff-page.ts';
import { names } from './word-names.ts';
import { draft } from './form-draft.ts';

const built = new URL('../../dist/webview/', import.meta.url);
const shell =
  '<!DOCTYPE html><html lang="en"><head><title>Sign-off</title><link rel="stylesheet" href="page.css"></head><body><main aria-busy="true"></main><script type="module" src="signoff.js"></script></body></html>';
/** Every word is shown as its own name. */
const words = new Proxy(
  {},
  {
    get: (_, name) => name,
    ownKeys: () => names,
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  },
) as SignoffWords;

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] });
});
after(() => browser?.close());

type Form = {
  readonly page: Page;
  readonly sent: () => Promise<readonly FromSignoffPage[]>;
  readonly tell: (message: ToSignoffPage) => Promise<void>;
};

async function openForm(
  drafts: readonly SignoffDraft[] = [draft],
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Form> {
  const page = await browser.newPage(options);
  await page.route('http://form.test/**', (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    return route.fulfill(
      name === ''
        ? { contentType: 'text/html', body: shell }
        : {
            contentType: name.endsWith('.css') ? 'text/css' : 'text/javascript',
            body: readFileSync(new URL(name, built)),
          },
    );
  });
  await page.addInitScript(() => {
    const kept: unknown[] = [];
    Object.assign(globalThis, { kept });
    window.addEventListener('from-page', (event) => kept.push((event as CustomEvent).detail));
  });
  await page.goto('http://form.test/');
  const tell = (message: ToSignoffPage): Promise<void> =>
    page.evaluate(
      (data) => window.postMessage(data, '*'),
      message as unknown as Record<string, unknown>,
    ) as Promise<void>;
  await page.waitForFunction(
    () => (globalThis as unknown as { readonly kept: readonly unknown[] }).kept.length > 0,
  );
  await tell({ kind: 'drafts', words: { ...words }, drafts });
  await page.locator('h1').waitFor();
  return {
    page,
    tell,
    sent: async () =>
      (
        (await page.evaluate(
          () => (globalThis as unknown as { readonly kept: unknown }).kept,
        )) as FromSignoffPage[]
      ).filter(({ kind }) => kind !== 'ready'),
  };
}

const note = (field: Locator): Locator => field.locator('vscode-text-field input');

test('what an earlier signature answered is folded away, and goes with what is asked', async () => {
  const { page, sent } = await openForm();
  assert.deepEqual(await page.locator('fieldset:visible legend').allInnerTexts(), [
    'Was harm looked at? required',
  ]);
  await page.getByRole('button', { name: 'sign' }).click();
  assert.equal(await page.locator('.error').first().innerText(), 'unanswered Was harm looked at?');
  assert.deepEqual(await sent(), []);
  await page.locator('fieldset:visible').getByRole('radio', { name: 'yes' }).check();
  await page.getByRole('button', { name: 'sign' }).click();
  assert.deepEqual(await sent(), [
    {
      kind: 'sign',
      rule: 'model-change',
      digest: draft.digest,
      decision: 'approve',
      answers: { back: { answer: 'yes', note: 'the bar before' }, harm: { answer: 'yes' } },
      reason: '',
      vouches: [],
      meets: [],
    },
  ]);
  await page.close();
});

test('a reject is not sent without a reason, by key or by press', async () => {
  const { page, sent } = await openForm();
  const meaning = page.getByText(draft.meaning);
  assert.ok(await meaning.isVisible());
  await page.getByRole('button', { name: 'reject' }).click();
  // What an approval means is not what is about to be signed.
  assert.ok(!(await meaning.isVisible()) && (await page.getByText('confirmReject').isVisible()));
  const field = page.locator('vscode-text-field.reason input');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'rejectAnyway' }).click();
  assert.equal(await page.locator('.error').first().innerText(), 'reasonNeeded');
  await field.fill('   ');
  await page.getByRole('button', { name: 'rejectAnyway' }).click();
  assert.deepEqual(await sent(), []);
  // The focus is where the reason goes.
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('too wide to say');
  await page.getByRole('button', { name: 'rejectAnyway' }).click();
  const [message] = await sent();
  assert.deepEqual(message && 'reason' in message ? [message.decision, message.reason] : null, [
    'reject',
    'too wide to say',
  ]);
  await page.close();
});

test('a no with a note is a reason', async () => {
  const { page, sent } = await openForm();
  const harm = page.locator('fieldset:visible');
  await harm.getByRole('radio', { name: 'no', exact: true }).check();
  await page.getByRole('button', { name: 'reject' }).click();
  await page.getByRole('button', { name: 'rejectAnyway' }).click();
  assert.deepEqual(await sent(), []);
  await note(harm).fill('nobody looked');
  await page.getByRole('button', { name: 'rejectAnyway' }).click();
  assert.equal((await sent()).length, 1);
  await page.close();
});

test('beside the meaning it says what else is signed, and what keeps the rule shut', async () => {
  const { page, sent } = await openForm();
  const means = page.locator('.meaning [role=status]');
  assert.equal(await means.innerText(), '');
  await page.getByRole('checkbox', { name: /vouch mallory@example\.org/ }).check();
  await page
    .getByRole('checkbox', { name: /done rehearse the rollback ada by 2026-11-20 · overdue/ })
    .check();
  await page.locator('fieldset:visible').getByRole('radio', { name: 'no', exact: true }).check();
  assert.deepEqual((await means.innerText()).split(/\n+/), [
    'vouch mallory@example.org',
    'done rehearse the rollback',
    'keepsShut Was harm looked at?',
  ]);
  await page.getByRole('button', { name: 'sign' }).click();
  const [message] = await sent();
  assert.deepEqual(message && 'vouches' in message ? [message.vouches, message.meets] : null, [
    ['mallory@example.org'],
    ['rehearse the rollback'],
  ]);
  await page.close();
});

test('what is signed takes nothing from the other forms of the page', async () => {
  const other = { ...draft, rule: 'data-change', digest: `v1:${'2'.repeat(64)}` };
  const { page, tell } = await openForm([draft, other]);
  const second = page.getByRole('region', { name: 'data-change' });
  await second.locator('fieldset:visible').getByRole('radio', { name: 'yes' }).check();
  await note(second.locator('fieldset:visible')).fill('looked at each group');
  await tell({ kind: 'signed', rule: draft.rule, digest: draft.digest, path: 'signed' });
  await tell({ kind: 'drafts', words: { ...words }, drafts: [other] });
  await page.getByRole('region', { name: 'model-change' }).waitFor({ state: 'detached' });
  assert.ok(
    await second.locator('fieldset:visible').getByRole('radio', { name: 'yes' }).isChecked(),
  );
  assert.equal(await note(second.locator('fieldset:visible')).inputValue(), 'looked at each group');
  await page.close();
});

test('what was measured is shown with its numbers, and as text', async () => {
  const { page } = await openForm();
  assert.deepEqual(await page.locator('ul.targets li').allInnerTexts(), [
    'recall of female is 0.712 (0.680 to 0.741), wanted >= 0.65: met; baseline 0.700',
    'and <b>more</b>',
  ]);
  await page.close();
});

test('data that nothing vouches for, and a plan that this change brings, are texts that stand out', async () => {
  const { page } = await openForm();
  assert.deepEqual(
    (await page.locator('.heed').allInnerTexts()).map((text) => text.split('\n')[0]),
    [
      'DR-1111: 2 threads are open; read: <b>countersign</b> review list DR-1111 --open',
      'sameAs .countersign/results/EV-BEFORE01/0123456789ab.json',
      'unverified data/b.csv, <img src=x onerror=alert(1)>',
      'planChanged',
    ],
  );
  const marks = await page
    .locator('p.heed, .heed > p:first-child')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one, '::before').content));
  assert.ok(
    marks.every((mark) => mark.includes('⚠')),
    marks.join(),
  );
  await page.close();
});

for (const [mode, options] of Object.entries({
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
} as const)) {
  test(`everybody can read the form in ${mode}, with all of it open`, async () => {
    const { page } = await openForm([draft], options);
    await page
      .locator('details')
      .evaluateAll((all) => all.map((one) => one.setAttribute('open', '')));
    // axe does not look at what stands in a field before anything is typed.
    const colours = await page
      .locator('.question vscode-text-field input')
      .first()
      .evaluate((field) => [
        getComputedStyle(field, '::placeholder').color,
        getComputedStyle(document.querySelector('.detail') ?? field).color,
      ]);
    if (mode !== 'forced colours') assert.equal(colours[0], colours[1]);
    await page.getByRole('button', { name: 'reject' }).click();
    assert.deepEqual(await violations(page.mainFrame()), []);
    await page.close();
  });
}
