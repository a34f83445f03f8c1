import { type AnchoredStats, indexWithAnchors } from '../../app/index-with-anchors.ts';
import { mendedLines } from '../../core/render/check-text.ts';
import { countOf } from '../../core/render/count-of.ts';
import { anchorStates } from '../../core/trails/followed-anchor.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.option('--stats', 'counts only, without the findings'),
  examples: ['countersign index', 'countersign index --stats --json'],
  run: async (context, _, options) => {
    const { stats, findings } = await indexWithAnchors(
      await openRepository(context.repo, context.env),
    );
    const text = (): string =>
      [...(options['stats'] === true ? [] : findings.flatMap(mendedLines)), summary(stats)].join(
        '\n',
      );
    return { exit: 0, json: stats, text };
  },
};

/** How one and many of a kind are called, where the name in the counts is a plural. */
const words: Readonly<Record<string, readonly [string, string]>> = {
  decisions: ['decision', 'decisions'],
  slices: ['slice', 'slices'],
  evaluations: ['evaluation', 'evaluations'],
  reviews: ['review event', 'review events'],
  checklists: ['checklist', 'checklists'],
  imports: ['import profile', 'import profiles'],
  results: ['result', 'results'],
  signoffs: ['sign-off', 'sign-offs'],
};

/** What was indexed, in one line. */
function summary({ records, edges, dangling, findings, anchors, ms }: AnchoredStats): string {
  const counted = Object.entries(records)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => countOf(count, ...(words[kind] ?? ([kind, kind] as const))));
  const states = anchorStates.flatMap((state) =>
    anchors[state] > 0 ? [`${anchors[state]} ${state}`] : [],
  );
  const held = states.length === 0 ? '' : `; anchors: ${states.join(', ')}`;
  return `${counted.join(', ') || 'no records'}; ${countOf(edges, 'link')}, ${dangling} of them dangling${held}; ${countOf(findings.error, 'error')}, ${countOf(findings.warning, 'warning')}; ${ms} ms`;
}
