/** Shows each view and the report of the sample in the workbench, and takes pictures of them in every theme. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleManifest } from './sample.ts';
import { themes, type Workbench } from './workbench/driver/workbench.ts';

/**
 * @param folder where the pictures are left, numbered in the order in which they were taken
 * @throws Error that names the step that failed; its picture is `failed.png`
 */
export async function tour(workbench: Workbench, sample: SampleManifest, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { page, quickInput, view } = workbench;
  const newest = sample.newFeedback[0] as string;
  let taken = 0;
  const picture = async (name: string): Promise<void> => {
    taken += 1;
    await page.screenshot({ path: join(folder, `${String(taken).padStart(2, '0')}-${name}.png`) });
  };

  const steps: readonly (readonly [name: string, run: () => Promise<unknown>])[] = [
    ['Change says what may not land, and the next step', () => quickInput.run('Countersign: Show Change').then(() => view('Change').goTo('May not land yet', 'countersign evaluate'))],
    ['Feedback has new items', () => quickInput.run('Countersign: Show Feedback').then(() => view('Feedback').goTo(newest))],
    ['an item of feedback opens as a file', () => view('Feedback').activate().then(() => page.getByRole('tab', { name: newest }).waitFor())],
    ['Decisions has the one in review', () => quickInput.run('Countersign: Show Decisions').then(() => view('Decisions').goTo(sample.decision))],
    ['a line of the model says why it is there', () => quickInput.openFile(sample.line.path, sample.line.line).then(() => page.getByText(`decision ${sample.decision}`).waitFor())],
    ['Trail leads from the line to feedback', () => quickInput.run('Countersign: Show Trail').then(() => view('Trail').goTo('feedback · FB-MISSED01'))],
    ['the report of the evaluation that does not hold', () => showReport(workbench, sample.evaluation.fail)],
  ];
  for (const [name, run] of steps) await named(page, folder, name, async () => {
    await run();
    await picture(name.replaceAll(/[^\w]+/g, '-').toLowerCase());
  });
  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) await named(page, folder, `the theme ${theme}`, async () => {
    await workbench.useTheme(theme);
    await showReport(workbench, sample.evaluation.fail);
    await picture(`report-${theme}`);
    await quickInput.openFile(sample.line.path, sample.line.line);
    await picture(`line-${theme}`);
  });
}

/** Resolves once the verdict stands in the page. */
async function showReport({ quickInput, webview }: Workbench, evaluation: string): Promise<void> {
  await quickInput.run('Countersign: Show Report');
  await quickInput.pick(evaluation);
  await (await webview(`Report ${evaluation}`)).locator('.verdict').waitFor();
}

async function named(page: Workbench['page'], folder: string, name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    await page.screenshot({ path: join(folder, 'failed.png') });
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}\nSee ${join(folder, 'failed.png')}`);
  }
}
