/** A person who types faster than the machine can follow: no key reaches what stands behind, and each acts on what was shown. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Bench, setUpBench } from '../../scripts/workbench/bench.ts';
import type { Workbench } from '../../scripts/workbench/driver/workbench.ts';
import { git, write, writeModelRepository } from '../extension/model-repository.ts';
import { pictureFailures } from './failure-pictures.ts';
import { camera, eventually } from './scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
const picture = camera('keys');
const ids = ['FB-0001', 'FB-0002', 'FB-0010', 'FB-0011', 'FB-0012', 'FB-0013'] as const;
let bench: Bench;
let workbench: Workbench;

const pathOf = (id: string): string => `.countersign/feedback/${id}.yaml`;
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const statusOf = (id: string): string => /^status: (\S+)/m.exec(read(pathOf(id)))?.[1] ?? '';
const triaged = (): number => ids.filter((id) => statusOf(id) === 'triaged').length;
const shownId = async (): Promise<string | undefined> =>
  /Triage (FB-\d+)/.exec(
    await workbench.page.locator('.quick-input-title').innerText({ timeout: 1000 }),
  )?.[1];

before(async () => {
  writeModelRepository(folder);
  for (const id of ids.slice(2))
    write(
      folder,
      pathOf(id),
      `schema: countersign/feedback@1\nid: ${id}\ntitle: Item ${id}\nchannel: survey\nreceived_at: 2026-09-01T08:00:00+02:00\nstatus: new\n`,
    );
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=More');
  bench = await setUpBench({ 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 });
  workbench = await bench.open(folder);
  const session = await workbench.page.context().newCDPSession(workbench.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
});
after(async () => {
  await bench?.close();
  rmSync(folder, { recursive: true, force: true });
});
pictureFailures(() => workbench);

/** Nothing but what triage writes has changed: no key landed in a file, saved or not. */
async function untouched(): Promise<void> {
  const { page } = workbench;
  assert.equal(git(folder, 'diff', '--name-only', '--', '.', ':!.countersign/feedback'), '');
  assert.equal(await page.locator('.tab.dirty').count(), 0);
  for (const id of ids) assert.match(read(pathOf(id)), /^schema: countersign\/feedback@1\nid: /);
}

async function start(): Promise<void> {
  git(folder, 'checkout', '--quiet', '--', '.');
  await workbench.quickInput.openFile('model/score.py', 4);
  await workbench.quickInput.run('Countersign: Triage');
  await eventually('the first item is asked about', async () => (await shownId()) === ids[0]);
}

async function close(): Promise<void> {
  await workbench.page.keyboard.press('Escape');
  await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

test('keys every 20 ms: each acts on the item that was shown, and none lands in a file', async () => {
  await start();
  await workbench.page.keyboard.type('a'.repeat(60), { delay: 20 });
  await untouched();
  // A key that was pressed before the next item was there is dropped, never guessed at.
  const done = ids.map(statusOf);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => Number(a === 'new') - Number(b === 'new')),
    'in order',
  );
  await close();
});

test('one key too many at the end lands nowhere', async () => {
  await start();
  const { page } = workbench;
  for (let pressed = 0; pressed < 24; pressed++) {
    await page.keyboard.press('a');
    await page.waitForTimeout(300);
  }
  await eventually('all are triaged', () => triaged() === ids.length);
  await untouched();
  await page.locator('.quick-input-title').getByText('Nothing is left to triage here').waitFor();
  await picture(workbench, '2-end');
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
});

test('keys of one matter are taken in order: priority, then words of a reason', async () => {
  await start();
  await workbench.page.keyboard.type('p42', { delay: 20 });
  await eventually('both numbers are written', () =>
    /impact: 4,? *\n? *effort: 2/.test(read(pathOf(ids[0]))),
  );
  await eventually('it is asked about again', async () => (await shownId()) === ids[0]);
  await picture(workbench, '1-triage');
  await workbench.page.keyboard.type('xit was a test, paid by ada', { delay: 20 });
  await workbench.page.keyboard.press('Enter');
  await eventually('it is declined', () => statusOf(ids[0]) === 'declined');
  assert.match(read(pathOf(ids[0])), /status: new → declined: it was a test, paid by ada/);
  await untouched();
  await close();
});

test('what another wrote since the item was shown is shown, and stays', async () => {
  await start();
  const path = pathOf(ids[0]);
  const theirs = `${read(path).replace('status: new', 'status: triaged')}assignee: cy\nhistory: [{at: "2026-10-01T10:00:00Z", by: cy, change: seen}]\n`;
  writeFileSync(join(folder, path), theirs);
  await workbench.page.keyboard.press('x');
  await workbench.page.locator('.quick-input-title').getByText('Decline').waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.page.getByText('changed by another meanwhile').first().waitFor();
  assert.equal(read(path), theirs);
  assert.equal(await shownId(), ids[0]);
  await picture(workbench, '3-changed-meanwhile');
  await workbench.page.keyboard.press('a');
  await eventually('the next is asked about', async () => (await shownId()) === ids[1]);
  assert.match(read(path), /by: cy, change: seen/);
  await close();
});

test('a new item that opens late takes neither the focus nor a letter from what was begun since', async () => {
  const { page, quickInput } = workbench;
  git(folder, 'checkout', '--quiet', '--', '.');
  await quickInput.run('Countersign: New Feedback');
  await page.locator('.quick-input-title').getByText('New feedback').waitFor();
  await page.keyboard.type('The bonus is counted twice\n', { delay: 20 });
  await page.locator('.quick-input-title').getByText('Where did it come from?').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('F1');
  await page.keyboard.type('Countersign: Show Feedback', { delay: 20 });
  await eventually('the item is written', () =>
    git(folder, 'status', '--porcelain', '--untracked-files=all').includes('?? .countersign'),
  );
  await page.waitForTimeout(1500);
  const path = git(folder, 'ls-files', '--others', '--exclude-standard').trim();
  assert.match(read(path), /^schema: [^]*status: new\n[^]*$/);
  assert.doesNotMatch(read(path), /Show|Countersign:/);
  assert.equal(await page.locator('.tab.dirty').count(), 0);
});

for (const [command, title] of [
  ['Open Record…', 'Open record'],
  ['Link Selection to a Record', 'Link the selected lines to'],
  ['Doctor', 'Doctor: what would keep you'],
  ['Sort Feedback By…', 'Sort feedback by'],
  ['Filter Feedback…', 'Filter feedback'],
] as const)
  test(`what takes the focus does not close the list: ${command}`, async () => {
    const { page, quickInput } = workbench;
    git(folder, 'checkout', '--quiet', '--', '.');
    await quickInput.openFile('model/score.py', 4);
    await page.keyboard.press('Shift+ArrowDown');
    await quickInput.run(`Countersign: ${command}`);
    const shown = page.locator('.quick-input-title').getByText(title);
    await shown.waitFor();
    await page.locator('.editor-group-container.active .view-lines').first().click();
    await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor();
    assert.ok(await shown.isVisible());
    await page.locator('.quick-input-widget input.input').click();
    await close();
    await untouched();
  });
