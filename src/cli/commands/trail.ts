import { parseTrailQuestion, trail } from '../../app/trail.ts';
import { trailMermaid, trailText } from '../../core/render/trail-text.ts';
import { standingText } from '../../core/render/signoff-standing-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { relativePath } from '../relative-path.ts';
import { textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';
import { unreadableLines } from '../unreadable-lines.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<of>', 'ID, PATH, PATH:LINE or PATH:FIRST-LAST')
      .option('--at <rev>', 'as it stood at this branch or full commit')
      .option('--mermaid', 'as a Mermaid flow chart'),
  examples: [
    'countersign trail model/score.py:12',
    'countersign trail FB-7K2M9QXA',
    'countersign trail DR-7K2M9QXA --mermaid',
    'countersign trail model/score.py:12 --at origin/main',
  ],
  run: async (context, [of = ''], options) => {
    const repository = await openRepository(context.repo, context.env);
    const asked = parseTrailQuestion(of);
    const question =
      asked.kind === 'lines'
        ? { ...asked, path: relativePath(repository.top, context.cwd, asked.path) }
        : asked;
    const { step, index, signoffs } = await trail(repository, question, textOption(options, 'at'));
    const empty = question.kind === 'lines' && step.steps.length === 0;
    return {
      exit: 0,
      json: { trail: step, unreadable: index.unreadable, signoffs },
      text: () => {
        if (options['mermaid'] === true && !empty) return trailMermaid(step);
        const none = `no record ${index.unreadable.length > 0 ? 'that can be read ' : ''}stands behind ${of}; link one with trail.code or governs`;
        return [
          empty
            ? escapeTerminal(none)
            : trailText(
                step,
                new Map(
                  signoffs.map((standing) => [`signoff:${standing.file}`, standingText(standing)]),
                ),
              ),
          ...unreadableLines(index.unreadable),
        ].join('\n');
      },
    };
  },
};
