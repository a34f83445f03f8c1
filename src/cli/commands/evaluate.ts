import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stageCommand } from '../../app/left-out.ts';
import { CountersignError } from '../../app/errors.ts';
import { evaluate, type Evaluated } from '../../app/evaluate.ts';
import { differenceOf, differenceWords, evaluateAgain } from '../../app/recompute-result.ts';
import { readStoredResult } from '../../app/stored-result.ts';
import { adviceLine } from '../../core/render/check-text.ts';
import { resultSummary } from '../../core/render/result-text.ts';
import { openRepository } from '../../node/repository.ts';
import { writeWhole } from '../../node/files.ts';
import { textOption } from '../change-options.ts';
import type { CliCommand, CliContext, Outcome } from '../command.ts';
import type { Repository } from '../../app/repository.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<id>', 'an evaluation')
      .option('--seed <n>', 'seed of the bootstrap (default: 1)')
      .option('--out <file>', 'write the result here instead of into .countersign/results/')
      .option(
        '--verify <file>',
        'compute a stored result again, and exit 1 where its bytes differ',
      ),
  examples: [
    'countersign evaluate EV-7K2M9QXA',
    'countersign evaluate EV-7K2M9QXA --json',
    'countersign evaluate EV-7K2M9QXA --verify .countersign/results/EV-7K2M9QXA/0123456789ab.json',
  ],
  run: async (context, [id = ''], options) => {
    const repository = await openRepository(context.repo, context.env);
    const stored = textOption(options, 'verify');
    if (stored !== undefined) return verify(context, repository, id, stored);
    const seed = seedOf(textOption(options, 'seed'));
    const evaluated = await evaluate(repository, {
      id,
      seed,
      openEngine: repository.openEngine,
      onFindings: (findings) => context.say(findings.map(adviceLine)),
      onProgress: (fraction) => context.progress(`${id}: ${Math.round(fraction * 100)} %`),
    });
    const out = textOption(options, 'out');
    if (out === undefined)
      await repository.files.write(evaluated.path, new TextEncoder().encode(evaluated.text));
    else await writeWhole(resolve(context.cwd, out), new TextEncoder().encode(evaluated.text));
    return outcome(
      evaluated,
      out ?? evaluated.path,
      out === undefined ? [`next: ${await stageCommand(repository.git)} ${evaluated.path}`] : [],
    );
  },
};

/** The gate reads what is committed, and not what only lies there: `next` says how. */
function outcome({ result }: Evaluated, path: string, next: readonly string[]): Outcome {
  return {
    exit: result.verdict === 'pass' ? 0 : 1,
    json: result,
    text: () => [resultSummary(result, path), ...next].join('\n'),
  };
}

async function verify(
  context: CliContext,
  repository: Repository,
  id: string,
  file: string,
): Promise<Outcome> {
  const text = await readFile(resolve(context.cwd, file), 'utf8').catch((cause: unknown) => {
    throw new CountersignError(
      'evaluate/no-file',
      `the result ${file} cannot be read`,
      'name a file under .countersign/results/',
      { cause },
    );
  });
  const stored = readStoredResult(text);
  if (stored === null)
    throw new CountersignError(
      'evaluate/not-a-result',
      `${file} is not a result of an evaluation`,
      'name a file under .countersign/results/',
    );
  if (stored.evaluation !== id)
    throw new CountersignError(
      'evaluate/not-a-result',
      `${file} is a result of ${stored.evaluation}, not of ${id}`,
      `countersign evaluate ${stored.evaluation} --verify ${file}`,
    );
  const again = await evaluateAgain(repository, stored);
  const same = again.text === text;
  const difference = same ? null : differenceOf(text, again);
  return {
    exit: same ? 0 : 1,
    json: {
      same,
      verdict: again.result.verdict,
      stored: stored.verdict,
      ...(difference ? { difference } : {}),
    },
    text: () =>
      same
        ? `${file} is what the evaluation gives: ${again.result.verdict}`
        : `${file} is not what the evaluation gives today: ${again.result.verdict}, stored ${stored.verdict}${differenceWords(text, again)}`,
  };
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new CountersignError(
      'usage/seed',
      `${JSON.stringify(text)} is not a seed`,
      'write a whole number, such as 1',
    );
  return seed;
}
