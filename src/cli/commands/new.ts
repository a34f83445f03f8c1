import type { Command } from 'commander';
import { CountersignError } from '../../app/errors.ts';
import { createRecord, type NewlyMade, type Setting } from '../../app/new.ts';
import type { Placeholder } from '../../core/records/new-record.ts';
import type { NamedKind } from '../../core/records/record-kind.ts';
import { readMended } from '../../core/records/yaml/mended-yaml.ts';
import { adviceLine } from '../../core/render/check-text.ts';
import { shellWord } from '../../core/render/shell-word.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { listOption, oneMore, textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';
import { unknownWord } from '../unknown-word.ts';

const kinds: readonly string[] = ['feedback', 'decision', 'slice', 'evaluation'];

export const command: CliCommand = {
  configure: (options: Command) =>
    options
      .argument('<kind>', 'feedback, decision, slice or evaluation')
      .argument('[title]', 'one line')
      .option('--title <text>', 'the same')
      .option(
        '--set <key=value>',
        'a key, dotted, and its value as YAML; may be given again',
        oneMore,
      ),
  examples: [
    'countersign new feedback "Turned down without a reason" --set channel=review --set received_at=2026-03-01T09:12:00Z',
    'countersign new decision "Raise the bar" --set owner=ada --set risk=high --set "feedback=[FB-7K2M9QXA]"',
  ],
  run: async (context, [kind = '', title], options) => {
    if (!kinds.includes(kind)) throw unknownWord('kind', kind, kinds);
    const made = await createRecord(
      await openRepository(context.repo, context.env),
      kind as NamedKind,
      titleOf(title, textOption(options, 'title')),
      listOption(options, 'set').map(parseSetting),
    );
    context.say(made.findings.map(adviceLine));
    if (made.placeholders.length > 0) context.say([placeholderText(made)]);
    return { exit: 0, json: made, text: () => made.path };
  },
};

/** A title has two places to stand; where both say something else, one would be lost without a word. */
function titleOf(argument: string | undefined, option: string | undefined): string | undefined {
  if (argument !== undefined && option !== undefined && argument !== option)
    throw new CountersignError(
      'usage/title',
      `there are two titles: ${JSON.stringify(argument)} and ${JSON.stringify(option)}`,
      'say one of them',
    );
  return argument ?? option;
}

/** Beside the answer, so that a script reads the path alone. */
function placeholderText({ path, placeholders }: NewlyMade): string {
  const [{ key }] = placeholders as readonly [Placeholder, ...Placeholder[]];
  const all = placeholders.map((each) => `${each.key} (${String(each.value)})`).join(', ');
  return escapeTerminal(
    `nobody said, and ${placeholders.length === 1 ? 'a placeholder stands' : 'placeholders stand'} there: ${all} — put yours into ${path}, or say it at once: --set ${key}=…`,
  );
}

/** The value is YAML, so that lists and numbers can be said; a title or a body is text as it stands. */
function parseSetting(text: string): Setting {
  const at = text.indexOf('=');
  if (at < 1)
    throw new CountersignError(
      'usage/set',
      `--set ${JSON.stringify(text)} is not key=value`,
      'write it like --set status=triaged',
    );
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  if (
    ['title', 'body', 'context', 'decision', 'consequences', 'question', 'where'].includes(key) &&
    !value.startsWith('{')
  )
    return { key, value, written: value };
  // Several lines are a map or list of their own, below the key.
  const { source, slips } = readMended('', `value:${value.includes('\n') ? '\n' : ' '}${value}`);
  const [broken] = [...slips, ...source.findings];
  const set = (source.value as { readonly value?: unknown } | undefined)?.value;
  if (!broken) return { key, value: set, written: value };
  const quoted = /^put it in quotes.*: (".*")$/.exec(broken.fix ?? '')?.[1];
  const [start, end] = [(broken.column ?? 1) - 8, (broken.end_column ?? 1) - 8];
  throw new CountersignError(
    'usage/set',
    `the value of --set ${key} is not read as it is written: ${broken.message}`,
    quoted === undefined
      ? 'put quotes around text with special characters'
      : `say --set ${shellWord(`${key}=${value.slice(0, start)}${quoted}${value.slice(end)}`)}`,
  );
}
