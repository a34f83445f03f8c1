import type { Command } from 'commander';
import { CountersignError } from '../../app/errors.ts';
import { stageCommand } from '../../app/left-out.ts';
import type { Repository } from '../../app/repository.ts';
import { listReviews } from '../../app/reviews.ts';
import {
  continueThread,
  findThread,
  type NewThread,
  startThread,
  type WrittenEvent,
} from '../../app/write-review.ts';
import { findingLine } from '../../core/render/check-text.ts';
import { reviewText } from '../../core/render/review-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import type { ReviewList } from '../../core/reviews/thread-list.ts';
import { openRepository } from '../../node/repository.ts';
import { textOption } from '../change-options.ts';
import { oneOf, unknownWord } from '../unknown-word.ts';
import type { CliCommand, Outcome } from '../command.ts';

type Options = Readonly<Record<string, unknown>>;

export const command: CliCommand = {
  configure: (options: Command) =>
    options
      .argument('<action>', 'list, add, reply, resolve or reopen')
      .argument('[of]', 'list and add: a record; else: a thread')
      .option('--open', 'list: only what is not resolved')
      .option(
        '--at <pointer>',
        'add: place in the record, such as /rollback/plan (default: the whole record)',
      )
      .option('--quote <words>', 'add: the words there that it is about (default: the first ones)')
      .option('--body <text>', 'what you say')
      .option('--type <type>', 'add: comment, suggest or finding (default: comment)')
      .option('--severity <severity>', 'add, of a finding: low, medium, high or critical')
      .option('--due <day>', 'add, of a finding: by when it has to be answered'),
  examples: [
    'countersign review list DR-7K2M9QXA',
    'countersign review add DR-7K2M9QXA --at /rollback/plan --body "Who does this on a weekend?"',
    'countersign review add DR-7K2M9QXA --at /targets --type finding --severity high --due 2026-12-01 --body "No target for people over 60"',
    'countersign review reply 7K2M9QXA --body "I do."',
    'countersign review resolve 7K2M9QXA',
  ],
  run: async (context, [action = '', of], options) => {
    if (!Object.hasOwn(actions, action)) throw unknownWord('action', action, Object.keys(actions));
    return (actions[action] as Action)(
      await openRepository(context.repo, context.env),
      of,
      options,
    );
  },
};

type Action = (
  repository: Repository,
  of: string | undefined,
  options: Options,
) => Promise<Outcome>;

const actions: Readonly<Record<string, Action>> = {
  list,
  add,
  reply: goOn('reply'),
  resolve: goOn('resolve'),
  reopen: goOn('reopen'),
};

async function list(
  { files }: Repository,
  of: string | undefined,
  options: Options,
): Promise<Outcome> {
  const { threads, findings } = await listReviews(files, {
    record: of,
    open: options['open'] === true,
  });
  const json: ReviewList = { schema: 'countersign/review-list@1', threads };
  const text = (): string =>
    [
      threads.length === 0 ? nothing(of, options['open'] === true) : reviewText(threads),
      ...findings.map(findingLine),
    ].join('\n');
  return { exit: 0, json, text };
}

function nothing(of: string | undefined, open: boolean): string {
  return `no ${open ? 'open ' : ''}review thread${of === undefined ? '' : ` on ${of}`}; begin one: countersign review add ${of ?? 'DR-…'} --at /context --body TEXT`;
}

async function add(
  repository: Repository,
  of: string | undefined,
  options: Options,
): Promise<Outcome> {
  const type = oneOf(options, 'type', ['comment', 'suggest', 'finding'] as const);
  const severity = oneOf(options, 'severity', ['low', 'medium', 'high', 'critical'] as const);
  const thread: NewThread = {
    record: named(of, 'a record'),
    at: textOption(options, 'at') ?? '',
    quote: textOption(options, 'quote'),
    body: textOption(options, 'body') ?? '',
    type,
    severity,
    due: textOption(options, 'due'),
  };
  return written(await startThread(repository, thread), await stageCommand(repository.git));
}

function goOn(type: 'reply' | 'resolve' | 'reopen'): Action {
  return async (repository, of, options) =>
    written(
      await continueThread(repository, await findThread(repository, named(of, 'a thread')), {
        type,
        body: textOption(options, 'body'),
      }),
      await stageCommand(repository.git),
    );
}

function named(of: string | undefined, what: string): string {
  if (of === undefined)
    throw new CountersignError(
      'usage/arguments',
      `this needs ${what}`,
      'see: countersign review --help',
    );
  return of;
}

const done: Readonly<Record<string, string>> = {
  reply: 'replied in',
  resolve: 'resolved',
  reopen: 'reopened',
};

function written(event: WrittenEvent, stage: string): Outcome {
  return {
    exit: 0,
    json: event,
    text: () =>
      [
        `${done[event.type] ?? 'began'} thread ${event.thread} on ${event.record}: ${event.path}`,
        `others see it once it is committed and pushed: ${stage} ${event.path}, git commit, git push`,
      ]
        .map(escapeTerminal)
        .join('\n'),
  };
}
