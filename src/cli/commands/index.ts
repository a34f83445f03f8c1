import { indexRecords, type IndexStats } from '../../app/index-records.ts';
import { findingLine } from '../../core/render/check-text.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.option('--stats', 'counts only, without the findings'),
  examples: ['countersign index', 'countersign index --stats --json'],
  run: async (context, _, options) => {
    const { stats, findings } = await indexRecords(await openRepository(context.repo, context.env));
    const text = (): string => [...(options['stats'] === true ? [] : findings.map(findingLine)), summary(stats)].join('\n');
    return { exit: 0, json: stats, text };
  },
};

/** What was indexed, in one line. */
export function summary({ records, edges, dangling, findings, ms }: IndexStats): string {
  const counted = Object.entries(records).filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${kind}`);
  return `${counted.join(', ') || 'no records'}; ${edges} links, ${dangling} of them dangling; ${findings.error} errors, ${findings.warning} warnings; ${ms} ms`;
}
