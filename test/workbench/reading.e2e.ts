import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Frame } from 'playwright-core';
import { makeSample, type SampleManifest } from '../../scripts/sample.ts';
import { type Bench, setUpBench } from '../../scripts/workbench/bench.ts';
import { violations } from '../../scripts/workbench/driver/accessibility.ts';
import { tabTo } from '../../scripts/workbench/driver/tab-to.ts';
import { themes, type Workbench } from '../../scripts/workbench/driver/workbench.ts';
import { pictureFailures } from './failure-pictures.ts';

const cli = new URL('../../dist/cli.js', import.meta.url).pathname;
const parent = mkdtempSync(join(tmpdir(), 'countersign-reading-'));
let sample: SampleManifest;
let bench: Bench;
let workbench: Workbench;

before(async () => {
  sample = await makeSample(join(parent, 'wage-model'), { cli });
  bench = await setUpBench();
  workbench = await bench.open(sample.directory);
});
after(async () => {
  await bench?.close();
  rmSync(parent, { recursive: true, force: true });
});
pictureFailures(() => workbench);

test('the status bar and the Change view say that the change may not land, and the next step', async () => {
  assert.match(await workbench.verdict(), /May not land yet \(\d+ open\)/);
  await workbench.quickInput.run('Countersign: Show Change');
  const change = workbench.view('Change');
  await change.goTo('May not land yet', `countersign evaluate ${sample.evaluation.fail}`);
  await change.goTo('Sign-off by validator', 'ask ben, cy to sign');
});

test('an item of feedback is found among the new ones and read', async () => {
  await workbench.quickInput.run('Countersign: Show Feedback');
  const feedback = workbench.view('Feedback');
  await feedback.goTo('New, 3 items');
  await feedback.goTo('Turned down after parental leave', 'FB-NEW00001');
  await feedback.activate();
  await workbench.page
    .getByText('My experience stops counting while I was on leave')
    .first()
    .waitFor();
});

test('a line of the model leads to the feedback that asked for it', async () => {
  const { quickInput, page } = workbench;
  await quickInput.openFile(sample.line.path, sample.line.line);
  await page
    .getByText(`Here because of 7 feedback items and decision ${sample.decision}`)
    .waitFor();
  await quickInput.run('Countersign: Show Trail');
  const trail = workbench.view('Trail');
  await trail.goTo('FB-MISSED04');
  await trail.activate();
  await page.getByText('Nine times in August I overrode the suggestion').first().waitFor();
});

test('the trail of a decision says what the sign-offs over it are worth', async () => {
  const { quickInput } = workbench;
  await quickInput.openFile('.countersign/decisions/DR-BLIND001.yaml');
  await quickInput.run('Countersign: Show Trail');
  const trail = workbench.view('Trail');
  await trail.goTo(
    'ada as model-owner',
    'landed, for other bytes than are here; data/candidate.csv and 1 more moved since',
  );
  await trail.goTo('ben as validator', 'stale: data/candidate.csv and 1 more moved since');
});

test('a file behind which nothing stands says so', async () => {
  await workbench.quickInput.openFile('README.md');
  await workbench.view('Trail').welcome('Nothing stands behind this file yet');
});

async function showReport(): Promise<Frame> {
  await workbench.quickInput.run('Countersign: Show Report');
  await workbench.quickInput.pick(sample.evaluation.fail);
  return workbench.webview(`Report ${sample.evaluation.fail}`);
}

test('the report of the evaluation opens from the palette with its verdict', async () => {
  const report = await showReport();
  assert.match(
    await report.locator('.verdict').innerText(),
    /^Fail: fpr of gender female is 0\.\d+ /,
  );
  await report.getByRole('row', { name: /^accuracy .* >= 0\.6 .* met$/ }).waitFor();
});

test('the report is read by keyboard alone: to the record, and down to one group', async () => {
  const { page } = workbench;
  const report = await showReport();
  await tabTo(page, report, 'Group');
  await page.keyboard.type('female');
  assert.equal(
    await report
      .locator('select[data-narrow=group]')
      .evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text),
    'female',
  );
  // Also of the tables that are folded.
  const left = await report
    .locator('tr[data-row]')
    .evaluateAll((rows) =>
      rows
        .filter((row) => getComputedStyle(row).display !== 'none')
        .map((row) => row.querySelector('th')?.textContent),
    );
  assert.deepEqual([...new Set(left)], ['female']);
  await tabTo(page, await showReport(), 'Open record');
  await page.keyboard.press('Enter');
  await page.getByRole('tab', { name: `${sample.evaluation.fail}.yaml`, selected: true }).waitFor();
});

for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
  test(`everybody can read the report and the sign-off form: ${theme}`, async () => {
    await workbench.useTheme(theme);
    assert.deepEqual(await violations(await showReport()), []);
    await workbench.quickInput.run('Countersign: Sign What Is Staged');
    const form = await workbench.webview('Sign-off');
    await form.locator('fieldset').first().waitFor();
    assert.deepEqual(await violations(form), []);
  });
}
