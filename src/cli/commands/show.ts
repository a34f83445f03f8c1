import { stringify } from 'yaml';
import { showRecord, type ShownLink, type ShownRecord, type ShownThread } from '../../app/show.ts';
import { isRecordId } from '../../core/records/record-id.ts';
import { stateText } from '../../core/render/review-text.ts';
import { standingText } from '../../core/render/signoff-standing-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { placeText } from '../../core/trails/anchor-findings.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.argument('<id>', 'a record'),
  examples: ['countersign show DR-7K2M9QXA', 'countersign show FB-7K2M9QXA --json'],
  run: async (context, [id = '']) => {
    const shown = await showRecord(await openRepository(context.repo, context.env), id);
    return { exit: 0, json: shown, text: () => text(shown) };
  },
};

/** The record as it is, what it is linked to, and what is said about it: a thread a line. */
function text({ path, record, links, linked_from, threads, signoffs }: ShownRecord): string {
  const signed = new Map(
    signoffs.map((standing) => [`signoff:${standing.file}`, standingText(standing)]),
  );
  const linked = [
    ...links.map((link) =>
      link.kind === 'signoff' ? signoffLine(link, signed.get(link.id)) : line(link, '→'),
    ),
    ...linked_from.filter(({ kind }) => kind !== 'review').map((link) => line(link, '←')),
  ];
  return [
    path,
    ...stringify(record).trimEnd().split('\n').map(escapeTerminal),
    '',
    ...linked,
    ...threads.map(threadLine),
  ]
    .join('\n')
    .trimEnd();
}

function signoffLine({ id, title }: ShownLink, standing: string | undefined): string {
  return escapeTerminal(
    `→ sign-off of ${title}${standing === undefined ? '' : `; ${standing}`} (${id.slice('signoff:'.length)})`,
  );
}

function threadLine(thread: ShownThread): string {
  const { id, path, title, comments } = thread;
  return escapeTerminal(
    `← review ${id}${path === '' ? '' : ` at ${path}`} [${stateText(thread)}] ${title}${comments > 1 ? ` (${comments} comments)` : ''}`,
  );
}

/** A record by its id and title, anything else by its name: the kind that the id of a node begins with is said already. */
function line(
  { kind, id, title, status, exists, lines, anchor }: ShownLink,
  arrow: string,
): string {
  const where = lines === null ? '' : `:${lines[0]}${lines[1] === lines[0] ? '' : `-${lines[1]}`}`;
  const name = isRecordId(id)
    ? `${id}${title && title !== id ? ` ${title}` : ''}`
    : `${title}${where}${exists ? '' : ' (missing)'}${anchor && exists ? stateWords(anchor) : ''}`;
  return escapeTerminal(`${arrow} ${kind} ${name}${status ? ` [${status}]` : ''}`);
}

/** What is to be said of a code anchor that is not at its lines, or that nothing proves to be. */
function stateWords({ state, now }: NonNullable<ShownLink['anchor']>): string {
  if (state === 'exact') return '';
  return ` (${state}${now && state !== 'unproven' ? `, ${state === 'moved' ? '' : 'likely '}${placeText(now)} now` : ''})`;
}
