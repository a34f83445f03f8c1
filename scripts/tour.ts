/** Shows each view and the report of the sample in the workbench, and takes pictures of them in every theme. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleManifest } from './sample.ts';
import { themes, type Workbench } from './workbench/driver/workbench.ts';

/** Wide enough for the code and the report beside each other. */
const wide = { width: 2000, height: 1000 };

/** One thing that is shown, and the name of its picture. */
type Stop = {
  readonly name: string;
  readonly picture: string;
  readonly run: () => Promise<unknown>;
};

/**
 * @param folder where the pictures are left, numbered in the order in which they were taken
 * @throws Error that names what could not be shown; how it looked is `failed.png`
 */
export async function tour(
  workbench: Workbench,
  sample: SampleManifest,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [index, stop] of [...views(workbench, sample), ...report(workbench, sample)].entries())
    await show(workbench, stop, join(folder, String(index + 1).padStart(2, '0')));
}

function views(
  { page, quickInput, view }: Workbench,
  { newFeedback, decision, line, evaluation }: SampleManifest,
): readonly Stop[] {
  const newest = newFeedback[0] as string;
  return [
    {
      name: 'Change says what may not land, and the next step',
      picture: 'change',
      run: () =>
        quickInput
          .run('Countersign: Show Change')
          .then(() =>
            view('Change').goTo('May not land yet', `countersign evaluate ${evaluation.fail}`),
          ),
    },
    {
      name: 'Feedback has what is new',
      picture: 'feedback',
      run: () =>
        quickInput.run('Countersign: Show Feedback').then(() => view('Feedback').goTo(newest)),
    },
    {
      name: 'an item of feedback opens as a file',
      picture: 'feedback-item',
      run: () =>
        view('Feedback')
          .activate()
          .then(() => page.getByRole('tab', { name: newest }).waitFor()),
    },
    {
      name: 'Decisions has the one in review',
      picture: 'decisions',
      run: () =>
        quickInput.run('Countersign: Show Decisions').then(() => view('Decisions').goTo(decision)),
    },
    {
      name: 'a line of the model says why it is there',
      picture: 'line',
      run: () =>
        quickInput
          .openFile(line.path, line.line)
          .then(() => page.getByText(`decision ${decision}`).waitFor()),
    },
    {
      name: 'Trail leads from the line to feedback',
      picture: 'trail',
      run: () =>
        quickInput
          .run('Countersign: Show Trail')
          .then(() => view('Trail').goTo('feedback · FB-MISSED01')),
    },
  ];
}

function report(workbench: Workbench, { evaluation }: SampleManifest): readonly Stop[] {
  const { page, quickInput, webview, useTheme } = workbench;
  const title = `Report ${evaluation.fail}`;
  const drawn = async (): Promise<void> => (await webview(title)).locator('.verdict').waitFor();
  return [
    {
      name: 'the report of the evaluation that does not hold',
      picture: 'report',
      run: async () => {
        await page.setViewportSize(wide);
        await quickInput.run('Countersign: Show Report');
        await quickInput.pick(evaluation.fail);
        await drawn();
      },
    },
    {
      name: 'the whole of the report',
      picture: 'report-whole',
      run: async () => {
        const height = await (await webview(title)).evaluate(
          () => document.documentElement.scrollHeight,
        );
        await page.setViewportSize({ ...wide, height: Math.min(height + 150, 16_000) });
        await drawn();
      },
    },
    ...(Object.keys(themes) as (keyof typeof themes)[]).map((theme) => ({
      name: `the theme ${theme}`,
      picture: theme,
      run: () =>
        page
          .setViewportSize(wide)
          .then(() => useTheme(theme))
          .then(drawn),
    })),
  ];
}

async function show(
  { page }: Workbench,
  { name, picture, run }: Stop,
  path: string,
): Promise<void> {
  const began = performance.now();
  try {
    await run();
    await page.screenshot({ path: `${path}-${picture}.png` });
    console.log(`✓ ${name}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    await page.screenshot({ path: `${path}-failed.png` });
    throw new Error(
      `${name}: ${error instanceof Error ? error.message : String(error)}\nHow it looked: ${path}-failed.png`,
    );
  }
}
