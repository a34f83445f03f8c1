import { resolve } from 'node:path';
import { CountersignError } from '../../app/errors.ts';
import { exportVsa } from '../../app/export-vsa.ts';
import { writeWhole } from '../../node/files.ts';
import { countOf } from '../../core/render/count-of.ts';
import { openRepository } from '../../node/repository.ts';
import { textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';
import { historyOptions, historyRequest } from '../history-options.ts';

export const command: CliCommand = {
  configure: (options) =>
    historyOptions(
      options.argument('<kind>', 'vsa: a SLSA verification summary of each landing, as JSON lines'),
    )
      .option('--out <file>', 'write there instead of to standard output')
      .option('--verifier <uri>', 'who verified (default: urn:countersign:gate)')
      .option(
        '--resource <uri>',
        'where others fetch this repository (default: a name made of the policy’s)',
      ),
  examples: [
    'countersign export vsa --out summaries.intoto.jsonl',
    'countersign export vsa --resource git+https://git.example.org/wage-model --json',
  ],
  run: async (context, [kind = ''], options) => {
    if (kind !== 'vsa')
      throw new CountersignError(
        'usage/kind',
        `there is no export of kind ${JSON.stringify(kind)}`,
        'vsa is there',
      );
    const repository = await openRepository(context.repo, context.env);
    const terms = {
      version: __VERSION__,
      verifier: uriOption(options, 'verifier'),
      resource: uriOption(options, 'resource'),
    };
    context.progress('replaying the gate over history');
    const statements = await exportVsa(repository, historyRequest(options), terms);
    const lines = statements.map((statement) => JSON.stringify(statement)).join('\n');
    const out = textOption(options, 'out');
    if (out === undefined) return { exit: 0, json: { statements }, text: () => lines };
    await writeWhole(
      resolve(context.cwd, out),
      new TextEncoder().encode(lines === '' ? '' : `${lines}\n`),
    );
    return {
      exit: 0,
      json: { out, statements: statements.length },
      text: () => `${countOf(statements.length, 'summary', 'summaries')} in ${out}`,
    };
  },
};

function uriOption(options: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const text = textOption(options, name);
  if (text !== undefined && !/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/.test(text))
    throw new CountersignError(
      'usage/uri',
      `--${name} ${JSON.stringify(text)} is not a URI`,
      'write it with its scheme, such as git+https://git.example.org/model',
    );
  return text;
}
