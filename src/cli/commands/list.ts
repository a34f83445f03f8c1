import type { Command } from 'commander';
import { type ListedRecord, listRecords } from '../../app/list.ts';
import type { NamedKind } from '../../core/records/record-kind.ts';
import { tableText } from '../../core/render/table-text.ts';
import { openRepository } from '../../node/repository.ts';
import { countOption, listOption, oneMore, textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';
import { unknownWord } from '../unknown-word.ts';
import { unreadableLines } from '../unreadable-lines.ts';

const kinds: Readonly<Record<string, NamedKind>> = {
  feedback: 'feedback',
  decisions: 'decision',
  slices: 'slice',
  evaluations: 'evaluation',
};

export const command: CliCommand = {
  configure: (options: Command) =>
    options
      .argument('<kind>', 'feedback, decisions, slices or evaluations')
      .option(
        '--where <key=value>',
        'only records where this holds, also with != > >= < <= or ~ (holds the words); of a time, 30d is 30 days ago, so <30d is older; may be given again',
        oneMore,
      )
      .option('--sort <key>', 'by this key; -key for the other way round')
      .option('--search <words>', 'only records in which people wrote these words, the best first')
      .option('--limit <n>', 'at most so many'),
  examples: [
    'countersign list feedback --where status=new',
    'countersign list decisions --sort -risk',
    'countersign list feedback --search "wage women" --json',
    'countersign list feedback --where "received_at<30d" --where status=new',
    'countersign list feedback --where "received_at<2026-03-01" --where trail.code.path=model/score.py --limit 20',
  ],
  run: async (context, [plural = ''], options) => {
    const kind = Object.hasOwn(kinds, plural) ? kinds[plural] : undefined;
    if (!kind) throw unknownWord('kind', plural, Object.keys(kinds));
    const {
      listed: records,
      total,
      unreadable,
    } = await listRecords(await openRepository(context.repo, context.env), {
      kind,
      where: listOption(options, 'where'),
      sort: textOption(options, 'sort'),
      search: textOption(options, 'search'),
      limit: countOption(options, 'limit'),
    });
    return {
      exit: 0,
      json: { records: records.map(({ path, value }) => ({ ...value, path })), total, unreadable },
      text: () =>
        [
          records.length === 0 ? `no ${plural} found` : table(kind, records),
          ...(total > records.length
            ? [`${total - records.length} more: --limit ${total} shows all`]
            : []),
          ...unreadableLines(unreadable),
        ].join('\n'),
    };
  },
};

const columns: Readonly<Record<NamedKind, readonly string[]>> = {
  feedback: ['status', 'channel'],
  decision: ['status', 'risk', 'owner'],
  slice: ['table'],
  evaluation: ['kind'],
};

function table(kind: NamedKind, records: readonly ListedRecord[]): string {
  const rows = records.map(({ id, value }) => [
    id,
    ...columns[kind].map((key) => String(value[key] ?? '')),
    typeof value['title'] === 'string' ? value['title'] : '(kept out of the repository)',
  ]);
  return tableText(['id', ...columns[kind], 'title'], rows, process.stdout.columns ?? 160);
}
