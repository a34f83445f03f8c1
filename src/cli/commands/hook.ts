import { CountersignError } from '../../app/errors.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { howToAdd } from '../../node/hook-managers.ts';
import { firingHooks } from '../../node/hook-probe.ts';
import {
  type HookState,
  hookStates,
  installHooks,
  judgesWholePush,
  uninstallHooks,
} from '../../node/hooks.ts';
import { openRepository } from '../../node/repository.ts';
import { unknownWord } from '../unknown-word.ts';
import type { CliCommand, Outcome } from '../command.ts';

/** `run` itself is `hook-main.ts`: every commit waits for it, so that it comes without all of this. */
export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('<action>', 'install, uninstall, status, or run')
      .argument('[arguments...]', 'for run: the name of the hook and what git gives it'),
  examples: [
    'countersign hook install',
    'countersign hook status',
    'countersign hook run pre-commit',
  ],
  run: async (context, [action = '']) => {
    const act = Object.hasOwn(actions, action)
      ? actions[action as keyof typeof actions]
      : undefined;
    if (!act)
      throw action === 'run'
        ? new CountersignError(
            'usage/action',
            'the options of "hook run" come after the name of the hook',
            'countersign hook run pre-commit --json',
          )
        : unknownWord('action', action, [...Object.keys(actions), 'run']);
    const repository = await openRepository(context.repo, context.env);
    const program = [process.execPath, process.argv[1] ?? ''];
    const states = await act(repository, program);
    const firing = await firingHooks(repository);
    const hooks = states.map((hook) => ({ ...hook, fires: firing.has(hook.name) }));
    const whole = await judgesWholePush(repository);
    const partial = ({ name, manager }: HookState): boolean =>
      name === 'pre-push' && manager === 'pre-commit' && !whole;
    return {
      exit: 0,
      json: { hooks },
      text: () =>
        hooks
          .map((hook) => line(repository.top, { ...hook, partial: partial(hook) }, program))
          .join('\n'),
    } satisfies Outcome;
  },
};

const actions = { install: installHooks, uninstall: uninstallHooks, status: hookStates } as const;

type ProbedHook = HookState & {
  readonly fires: boolean;
  /** Whether it hears of one branch of a push only. */
  readonly partial: boolean;
};

function line(top: string, hook: ProbedHook, program: readonly string[]): string {
  return escapeTerminal(`${hook.name}: ${what(top, hook, program)}`);
}

function what(top: string, hook: ProbedHook, program: readonly string[]): string {
  const by = hook.manager === null ? '' : ` by ${hook.manager}`;
  if (hook.fires && hook.partial)
    return `git runs the gate${by}, which tells it of the first branch of a push only; the gate refuses that — next: countersign hook install (${hook.path})`;
  if (hook.fires && hook.changes !== null)
    return `git runs the gate${by}, and ${hook.changes} behind it may change what the gate has judged — next: put the line of the gate behind ${hook.changes} (${hook.manager === 'husky' ? `.husky/${hook.name}` : hook.path})`;
  if (hook.fires) return `git runs the gate${by} (${hook.path})`;
  switch (hook.state) {
    case 'missing':
      return `not installed — next: countersign hook install (${hook.path})`;
    case 'other':
      return `${hook.manager ?? 'something else'} has this hook, it was left alone, and it does not run the gate — next: ${howToAdd(top, hook, program)}`;
    case 'ours':
    case 'silent':
      return `written by countersign, and git does not run it — next: countersign hook install (${hook.path})`;
  }
}
