import { resolve } from 'node:path';
import { reports } from '../../app/report.ts';
import { reportMarkdown } from '../../core/render/report/report-markdown.ts';
import { reportText } from '../../core/render/report/report-text.ts';
import { writeWhole } from '../../node/files.ts';
import { openRepository } from '../../node/repository.ts';
import { textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<id>', 'an evaluation or a decision')
      .option(
        '--html <file>',
        'write one self-contained HTML file, from this folder; folders on the way are made',
      )
      .option('--markdown', 'as Markdown, for a pull request'),
  examples: [
    'countersign report EV-7K2M9QXA',
    'countersign report DR-7K2M9QXA --html report.html',
    'countersign report EV-7K2M9QXA --markdown',
  ],
  run: async (context, [id = ''], options) => {
    const made = await reports(await openRepository(context.repo, context.env), id);
    const file = textOption(options, 'html');
    if (file !== undefined) {
      const { reportHtml } = await import('../../core/render/report/report-html.ts');
      await writeWhole(resolve(context.cwd, file), new TextEncoder().encode(reportHtml(made)));
    }
    const text = (): string => {
      if (file !== undefined) return file;
      if (options['markdown'] !== true)
        return made.map((report) => reportText(report, process.stdout.columns ?? 160)).join('\n\n');
      return made
        .map((report) => reportMarkdown(report))
        .join('\n')
        .trimEnd();
    };
    return { exit: 0, json: made.length === 1 ? made[0] : { reports: made }, text };
  },
};
