import type { Command } from 'commander';
import { CountersignError } from '../app/errors.ts';
import type { TriageStep } from '../core/feedback/triage-step.ts';
import { textOption } from './change-options.ts';
import { oneOf } from './unknown-word.ts';

type Options = Readonly<Record<string, unknown>>;

const much = '1 is little, 5 is much';

/** Options by which a person says what the palette's triage asks for. */
export function triageOptions(options: Command): Command {
  return options
    .option('--component <name>', 'which part of the model or product it is about')
    .option('--category <name>', 'which kind of trouble or wish it is')
    .option('--owner <who>', 'person or role who takes it')
    .option('--phase <phase>', 'explore or exploit')
    .option('--impact <1-5>', `how much it would help the people concerned: ${much}`)
    .option('--effort <1-5>', `how much work it is: ${much}`)
    .option('--risk <1-5>', `what could go wrong: ${much}`)
    .option('--accept', 'it is triaged, with what a rule proposes where the item says nothing')
    .option('--duplicate-of <id>', 'another item says the same')
    .option(
      '--decline [reason]',
      'nothing will be done; the reason stands in the record for whoever asks again',
    );
}

/** What the options say, in the order in which the palette would ask; a settling word comes last. */
export function triageSteps(options: Options): readonly TriageStep[] {
  const [component, category, assignee, phase] = [
    textOption(options, 'component'),
    textOption(options, 'category'),
    textOption(options, 'owner'),
    oneOf(options, 'phase', ['explore', 'exploit'] as const),
  ];
  const [impact, effort, risk] = [
    scoreOption(options, 'impact'),
    scoreOption(options, 'effort'),
    scoreOption(options, 'risk'),
  ];
  for (const [name, value] of [
    ['component', component],
    ['category', category],
    ['owner', assignee],
  ] as const)
    if (value?.trim() === '')
      throw new CountersignError(
        'usage/options',
        `--${name} is empty`,
        'say a name, or leave it out',
      );
  return [
    ...(component === undefined
      ? []
      : [{ kind: 'component', component: component.trim() } as const]),
    ...(category === undefined ? [] : [{ kind: 'category', category: category.trim() } as const]),
    ...(assignee === undefined ? [] : [{ kind: 'assignee', assignee: assignee.trim() } as const]),
    ...(phase === undefined ? [] : [{ kind: 'phase', phase } as const]),
    ...([impact, effort, risk].every((score) => score === undefined)
      ? []
      : [{ kind: 'priority', impact, effort, risk } as const]),
    ...settling(options),
  ];
}

function settling(options: Options): readonly TriageStep[] {
  const of = textOption(options, 'duplicateOf');
  const declined = options['decline'];
  const said: readonly (readonly [option: string, step: TriageStep])[] = [
    ...(options['accept'] === true ? [['--accept', { kind: 'accept' }] as const] : []),
    ...(of === undefined ? [] : [['--duplicate-of', { kind: 'duplicate', of }] as const]),
    ...(declined === undefined
      ? []
      : [
          [
            '--decline',
            { kind: 'decline', reason: typeof declined === 'string' ? declined.trim() : '' },
          ] as const,
        ]),
  ];
  if (said.length > 1)
    throw new CountersignError(
      'usage/options',
      `${said.map(([option]) => option).join(' and ')} exclude each other`,
      'name one of them',
    );
  return said.map(([, step]) => step);
}

function scoreOption(options: Options, name: string): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  if (!/^[1-5]$/.test(text))
    throw new CountersignError(
      `usage/${name}`,
      `--${name} ${JSON.stringify(text)} is no number from 1 to 5`,
      much,
    );
  return Number(text);
}
