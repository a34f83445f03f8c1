import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { check } from '../../app/check.ts';
import { indexWithAnchors } from '../../app/index-with-anchors.ts';
import type { Repository } from '../../app/repository.ts';
import { CountersignError } from '../../app/errors.ts';
import type { CheckResult, Stage } from '../../core/gate/check-result.ts';
import { recordsResult, undecidableResult } from '../../core/gate/results-without-change.ts';
import { checkMarkdown } from '../../core/render/check/check-markdown.ts';
import {
  type CheckFormat,
  checkWriters,
  isCheckFormat,
} from '../../core/render/check/check-writers.ts';
import { openRepository } from '../../node/repository.ts';
import { readSignoffFolder } from '../../node/signoff-folder.ts';
import {
  changeOptions,
  changeSource,
  textOption,
  timeOption,
  trustRootOption,
} from '../change-options.ts';
import { unknownWord } from '../unknown-word.ts';
import type { CliCommand, CliContext } from '../command.ts';

const stages: readonly string[] = ['off', 'records', 'author', 'all'];
const formats = Object.keys(checkWriters);

/** Characters of a summary; a forge takes 1 MiB of bytes, and a character may be three. */
const summarySize = 300_000;

/** The document of a check that could not be made. */
function undecided(error: CountersignError): CheckResult {
  return undecidableResult({
    code: error.code,
    severity: 'error',
    message: error.message,
    ...(error.fix ? { fix: error.fix } : {}),
  });
}

export const command: CliCommand = {
  refused: undecided,
  configure: (options) =>
    changeOptions(options)
      .option(
        '--records',
        'only the records of the working tree: can each be read, and does each link lead somewhere',
      )
      .option('--stage <stage>', 'records, author or all (default: all)')
      .option('--require-policy', 'exit 1 where no policy protects the target')
      .option('--trust-root <digest>', 'accept the first policy of this digest')
      .option('--signoffs <dir>', 'count what is signed in the files of this folder too')
      .option('--format <format>', `${formats.join(', ')} (default: text)`)
      .option(
        '--summary <file>',
        'append a Markdown summary to this file too, such as $GITHUB_STEP_SUMMARY',
      )
      .option('--now <time>', 'judge as of this time, RFC 3339'),
  examples: [
    'countersign check',
    'countersign check --range main...HEAD',
    'countersign check --records',
    'countersign check --range origin/main...HEAD --json',
    'countersign check --range origin/main...HEAD --format sarif > check.sarif',
  ],
  run: async (context, _, options) => {
    const format = formatOf(context, options);
    const write = checkWriters[format];
    try {
      const repository = await openRepository(context.repo, context.env);
      const result =
        options['records'] === true
          ? await checkRecords(repository, options)
          : await check(repository, await requestOf(context, options));
      await summarise(context, options, result);
      return { exit: result.exit, json: result, text: () => write(result, __VERSION__) };
    } catch (error) {
      if (!(error instanceof CountersignError)) throw error;
      const result = undecided(error);
      // What could not be judged is said below; that its summary could not be written matters less.
      await summarise(context, options, result).catch(() => {});
      // Only this form says what could not be judged; in any other, a reader could take the document for a pass.
      if (format === 'json')
        return { exit: 2, json: result, text: () => write(result, __VERSION__) };
      throw error;
    }
  },
};

async function checkRecords(
  repository: Repository,
  options: Readonly<Record<string, unknown>>,
): Promise<CheckResult> {
  const other = ['staged', 'range', 'stage', 'requirePolicy', 'trustRoot', 'signoffs'].find(
    (name) => options[name] !== undefined,
  );
  if (other !== undefined)
    throw new CountersignError(
      'usage/options',
      `--records looks at no change, so it goes with no --${other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      'leave one of them out',
    );
  const { stats, findings } = await indexWithAnchors(repository);
  return recordsResult(stats.parsed, findings);
}

function formatOf(context: CliContext, options: Readonly<Record<string, unknown>>): CheckFormat {
  const format = textOption(options, 'format') ?? (context.json ? 'json' : 'text');
  if (!isCheckFormat(format)) throw unknownWord('format', format, formats);
  if (context.json && format !== 'json')
    throw new CountersignError(
      'usage/format',
      `--json and --format ${format} exclude each other`,
      'name one of them',
    );
  return format;
}

/** The summary is made of every outcome, also of a check that could not judge: silence there would look like a pass. */
async function summarise(
  context: CliContext,
  options: Readonly<Record<string, unknown>>,
  result: CheckResult,
): Promise<void> {
  const file = textOption(options, 'summary');
  if (file === undefined) return;
  await appendFile(resolve(context.cwd, file), `${checkMarkdown(result, summarySize)}\n`).catch(
    (cause: unknown) => {
      throw new CountersignError(
        'check/summary',
        `the summary cannot be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
        'name a file in a folder that is there',
        { cause },
      );
    },
  );
}

async function requestOf(
  context: CliContext,
  options: Readonly<Record<string, unknown>>,
): Promise<Parameters<typeof check>[1]> {
  const stage = textOption(options, 'stage');
  if (stage !== undefined && !stages.includes(stage)) throw unknownWord('stage', stage, stages);
  const [folder, root] = [textOption(options, 'signoffs'), textOption(options, 'trustRoot')];
  return {
    source: changeSource(options),
    target: textOption(options, 'target'),
    stage: stage as Stage | undefined,
    now: timeOption(options, 'now'),
    recompute: true,
    requirePolicy: options['requirePolicy'] === true,
    trustRoot: root === undefined ? undefined : trustRootOption(root),
    signoffs: folder === undefined ? [] : await readSignoffFolder(context.cwd, folder),
  };
}
