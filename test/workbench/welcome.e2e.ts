/** Every text that stands in a view with nothing to show, read in the workbench, and the way on that it offers, taken. */
import { strict as assert } from 'node:assert';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Bench, setUpBench } from '../../scripts/workbench/bench.ts';
import type { Workbench } from '../../scripts/workbench/driver/workbench.ts';
import { git, writeModelRepository } from '../extension/model-repository.ts';
import { pictureFailures } from './failure-pictures.ts';
import { camera } from './scene.ts';

const parent = mkdtempSync(join(tmpdir(), 'countersign-welcome-'));
const picture = camera('welcome');
const all = ['Change', 'Feedback', 'Decisions', 'Trail'] as const;
let bench: Bench;
let workbench: Workbench | undefined;

before(async () => {
  bench = await setUpBench();
});
after(async () => {
  await bench?.close();
  rmSync(parent, { recursive: true, force: true });
});
pictureFailures(() => workbench);

/** Opens a folder in a window of its own, with the views of this extension in front. */
async function look(folder: string | null): Promise<Workbench> {
  await workbench?.close();
  workbench = await bench.openWindow(folder);
  await workbench.quickInput.run('Countersign: Show Change');
  return workbench;
}

function folderWith(name: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  return folder;
}

function modelRepository(name: string): string {
  const folder = folderWith(name);
  writeModelRepository(folder);
  return folder;
}

test('with no folder, every view says what to open', async () => {
  const { view } = await look(null);
  for (const name of all) await view(name).welcome('Open the folder of a model repository');
});

test('a folder without git offers to make a repository, then records, and then the views have their own words', async () => {
  const window = await look(folderWith('plain', { 'score.py': 'BASE = 1\n' }));
  for (const name of all) await window.view(name).welcome('This folder is not in a git repository');
  await window.view('Change').follow('Initialise Git Repository');
  await window.quickInput.pick('plain');
  for (const name of all)
    await window.view(name).welcome('This repository has no .countersign folder yet');
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.org'],
  ] as const)
    git(join(parent, 'plain'), 'config', key, value);
  await window.view('Feedback').follow('Initialise');
  await window.page.getByRole('tab', { name: /^policy\.yaml/ }).waitFor();
  await window.view('Feedback').welcome('No feedback yet');
  await window.view('Decisions').welcome('No decision yet');
  await window.view('Trail').welcome('Nothing stands behind this file yet');
  await window.view('Change').goTo('Unprotected: no policy on the target');
  await window.quickInput.run('View: Close All Editors');
  await window
    .view('Trail')
    .welcome('Open a file to see the feedback and decisions that stand behind it');
});

test('where no item fits the filter, it can be cleared from there', async () => {
  const window = await look(modelRepository('filtered'));
  await window.verdict();
  await window.quickInput.run('Countersign: Filter Feedback…');
  await window.quickInput.answer('nobody wrote this');
  await window.view('Feedback').welcome('No feedback matches the filter');
  await window.view('Feedback').follow('Clear Filter');
  await window.view('Feedback').goTo('Tips are not counted for sales staff');
});

test('where no record could be read, the problems are one click away', async () => {
  const folder = modelRepository('broken');
  for (const id of ['FB-0001', 'FB-0002', 'FB-0003'])
    writeFileSync(
      join(folder, `.countersign/feedback/${id}.yaml`),
      'schema: countersign/feedback@1\nid: [\n',
    );
  const window = await look(folder);
  await window.view('Feedback').welcome('No record of this kind could be read');
  await window.view('Feedback').follow('Show Problems');
  await window.page
    .locator('.markers-panel')
    .getByText(/FB-0001\.yaml/)
    .first()
    .waitFor();
});

test('a folder of records that is gone is no new repository, and can be brought back', async () => {
  const folder = modelRepository('gone');
  rmSync(join(folder, '.countersign'), { recursive: true });
  const window = await look(folder);
  for (const name of all)
    await window.view(name).welcome('The folder .countersign is gone from here');
  assert.match(await window.verdict(), /Records are missing/);
  await picture(window, 'gone');
  await window.view('Change').follow('Bring It Back');
  await window.page
    .locator('.notifications-toasts')
    .getByRole('button', { name: 'Bring It Back' })
    .click();
  await window.view('Feedback').goTo('Tips are not counted for sales staff');
  assert.equal(git(folder, 'status', '--porcelain'), '');
});

test('a record or a policy that cannot be read is said where it would be missed', async () => {
  const folder = modelRepository('one-broken');
  writeFileSync(
    join(folder, '.countersign/feedback/FB-0002.yaml'),
    'aaaaschema: countersign/feedback@1\nid: [\n',
  );
  writeFileSync(
    join(folder, '.countersign/policy.yaml'),
    'schema: countersign/policy@1\nrules: [\n',
  );
  const window = await look(folder);
  await window.view('Feedback').goTo('FB-0002.yaml');
  assert.match(await window.verdict(), /The policy here cannot be read/);
  await window.page
    .getByText(/The policy in this folder cannot be read: /)
    .first()
    .waitFor();
  const row = window.page.getByRole('treeitem', { name: /^Nothing is staged/ });
  assert.deepEqual([await row.count(), await row.locator('.codicon-pass').count()], [1, 0]);
  await picture(window, 'one-broken');
});

test('a gate that could not judge says why, and what stopped it can be mended and looked at again', async () => {
  const folder = modelRepository('unjudged');
  const policy = join(folder, '.countersign/policy.yaml');
  const good = readFileSync(policy, 'utf8');
  writeFileSync(policy, 'schema: countersign/policy@1\nrules: [\n');
  git(folder, 'commit', '--quiet', '--all', '--message=Break the policy');
  const window = await look(folder);
  assert.match(await window.verdict(), /Could not be judged/);
  await window.page.getByText(/Could not be judged: .*policy\.yaml:2:1/).waitFor();
  writeFileSync(policy, good);
  git(folder, 'commit', '--quiet', '--all', '--message=Mend the policy');
  const change = window.view('Change');
  await change.goTo('Look Again');
  await change.activate();
  await window.view('Change').goTo('Nothing is staged');
});

test('what keeps a repository from being read is told, and looked at again', async () => {
  const folder = modelRepository('failed');
  const config = join(folder, '.git/config');
  const good = readFileSync(config, 'utf8');
  writeFileSync(config, '[core\n');
  const window = await look(folder);
  for (const name of all)
    await window.view(name).welcome('Countersign could not read this repository');
  writeFileSync(config, good);
  await window.view('Change').follow('Look Again');
  await window.view('Change').goTo('Nothing is staged');
});

test('in a folder that nobody trusts, records are read and the gate waits', async () => {
  const folder = modelRepository('untrusted');
  const trusting = bench;
  const strict = await setUpBench({ 'security.workspace.trust.enabled': true });
  try {
    bench = strict;
    const window = await look(folder);
    await window.view('Feedback').goTo('Tips are not counted for sales staff');
    await window
      .view('Change')
      .welcome('The gate runs git, so it waits until you trust this folder');
    await window.view('Change').follow('Manage Workspace Trust');
    await window.page
      .getByText(/Restricted Mode/)
      .first()
      .waitFor();
  } finally {
    workbench = undefined;
    bench = trusting;
    await strict.close();
  }
});
