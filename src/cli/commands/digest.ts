import { type DigestEntry, digestChange, trustRoot } from '../../app/digest.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { changeOptions, changeSource, textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    changeOptions(options)
      .option('--rule <rule>', 'this rule only')
      .option(
        '--trust-root',
        'instead the digest by which check --trust-root names the policy that the change brings',
      ),
  examples: [
    'countersign digest',
    'countersign digest --range main...HEAD --rule model-change --json',
    'countersign digest --trust-root',
  ],
  run: async (context, _, options) => {
    const repository = await openRepository(context.repo, context.env);
    if (options['trustRoot'] === true) {
      const root = await trustRoot(repository, {
        source: changeSource(options),
        target: textOption(options, 'target'),
      });
      return { exit: 0, json: root, text: () => root.trust_root };
    }
    const result = await digestChange(repository, {
      source: changeSource(options),
      target: textOption(options, 'target'),
      rule: textOption(options, 'rule'),
    });
    const text = (): string =>
      [
        ...(result.rules.length === 0
          ? ['no rule governs anything that would land']
          : result.rules.flatMap(({ id, digest, entries }) => [
              `${id} ${digest}`,
              ...entries.map(entryLine),
            ])),
        ...result.weak,
      ].join('\n');
    return { exit: 0, json: result, text };
  },
};

function entryLine(entry: DigestEntry): string {
  return escapeTerminal(
    `  ${kindOfEntry(entry).padEnd(7)} ${typeof entry.path === 'string' ? entry.path : entry.path.b64}`,
  );
}

function kindOfEntry(entry: DigestEntry): 'added' | 'deleted' | 'mode' | 'changed' {
  if (entry.old === '-') return 'added';
  if (entry.new === '-') return 'deleted';
  return entry.old === entry.new ? 'mode' : 'changed';
}
