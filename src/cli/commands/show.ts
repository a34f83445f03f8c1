import { stringify } from 'yaml';
import { showRecord, type ShownLink } from '../../app/show.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.argument('<id>', 'a record'),
  examples: ['countersign show DR-7K2M9QXA', 'countersign show FB-7K2M9QXA --json'],
  run: async (context, [id = '']) => {
    const shown = await showRecord(await openRepository(context.repo, context.env), id);
    const text = (): string => [shown.path, ...stringify(shown.record).trimEnd().split('\n').map(escapeTerminal), '', ...shown.links.map((link) => line(link, '→')), ...shown.linked_from.map((link) => line(link, '←'))].join('\n').trimEnd();
    return { exit: 0, json: shown, text };
  },
};

function line({ kind, id, title, status }: ShownLink, arrow: string): string {
  return escapeTerminal(`${arrow} ${kind} ${id}${title && title !== id ? ` ${title}` : ''}${status ? ` [${status}]` : ''}`);
}
