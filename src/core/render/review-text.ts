import type { ListedThread } from '../reviews/thread-list.ts';
import { escapeTerminal } from './terminal.ts';

/** Threads for a terminal, each with where it stands today and what was said. */
export function reviewText(threads: readonly ListedThread[]): string {
  return threads.map(threadText).join('\n\n');
}

function threadText(thread: ListedThread): string {
  const { id, record, quote, comments, changes } = thread;
  const last = changes.findLast(
    ({ at, by }, index) =>
      index === changes.length - 1 &&
      !comments.some((comment) => comment.at === at && comment.by === by),
  );
  return [
    escapeTerminal(`${record} ${id} [${stateText(thread)}] ${placeText(thread)}`),
    ...(quote === null ? [] : [escapeTerminal(`    about “${quote}”`)]),
    ...comments.flatMap(({ by, at, body, edited, type }) => [
      escapeTerminal(
        `  ${by}, ${at}${edited === null ? '' : `, edited ${edited}`}${said[type] ?? ''}:`,
      ),
      ...body
        .trimEnd()
        .split('\n')
        .map((line) => escapeTerminal(`    ${line}`)),
    ]),
    ...(last === undefined
      ? []
      : [
          escapeTerminal(
            `  ${last.type === 'resolve' ? 'resolved' : 'reopened'} by ${last.by}, ${last.at}`,
          ),
        ]),
  ].join('\n');
}

const said: Readonly<Record<string, string>> = {
  suggest: ' suggests',
  finding: ' finds',
  resolve: ' resolves',
  reopen: ' reopens',
  edit: ' edits',
};

/** Whether it is open, and how bad it is where it is a finding. */
export function stateText({
  state,
  type,
  severity,
  due,
}: Pick<ListedThread, 'state' | 'type' | 'severity' | 'due'>): string {
  return [
    state,
    ...(type === 'comment' ? [] : [type]),
    ...(severity === null ? [] : [severity]),
    ...(due === null ? [] : [`due ${due}`]),
  ].join(', ');
}

function placeText({ path, place }: ListedThread): string {
  const there = path === '' ? 'the record' : path;
  if (place === null) return `${there}: the record is not there, or cannot be read`;
  if (place.state === 'exact') return `${there}, line ${place.line}`;
  return `${there}, ${place.state}${place.path === null || place.path === path ? '' : ` to ${place.path}`}, line ${place.line}: ${place.why}`;
}
