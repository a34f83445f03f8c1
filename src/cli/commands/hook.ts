import { CountersignError } from '../../app/errors.ts';
import { type HookCheck, runCommitHook, runPushHook } from '../../app/hook-run.ts';
import { checkText, verdictLine } from '../../core/render/check-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { type HookName, hookFires, hookLine, hookNames, type HookState, hookStates, installHooks, probeAnswer, probeVariable, uninstallHooks } from '../../node/hooks.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand, CliContext, Outcome } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.argument('<action>', 'install, uninstall, status, or run').argument('[arguments...]', 'for run: the name of the hook and what git gives it'),
  examples: ['countersign hook install', 'countersign hook status', 'countersign hook run pre-commit'],
  run: async (context, [action = '', name = ''], options) => {
    if (action === 'run') return runHook(context, name, options['verbose'] === true);
    const repository = await openRepository(context.repo, context.env);
    const program = [process.execPath, process.argv[1] ?? ''];
    if (action === 'install') return states(await installHooks(repository, program), program, (hook) => hookFires(repository, hook));
    if (action === 'uninstall') return states(await uninstallHooks(repository), program, () => false);
    if (action === 'status') return states(await hookStates(repository), program, (hook) => hookFires(repository, hook));
    throw new CountersignError('usage/action', `there is no action ${JSON.stringify(action)}`, 'say install, uninstall, status or run');
  },
};

function states(found: readonly HookState[], program: readonly string[], fires: (name: HookName) => boolean): Outcome {
  const hooks = found.map((hook) => ({ ...hook, fires: hook.state !== 'missing' && fires(hook.name) }));
  const line = (hook: (typeof hooks)[number]): string => {
    const what = hook.fires ? 'runs the gate' : hook.state === 'missing' ? 'is not installed' : hook.state === 'other' ? `belongs to something else and is left alone; add this line to it: ${hookLine(hook.name, program)}` : 'is there, and git does not run it';
    return escapeTerminal(`${hook.name}: ${what} (${hook.path})`);
  };
  return { exit: 0, json: { hooks }, text: () => hooks.map(line).join('\n') };
}

/** The gate inside a hook: its first line is the whole message, since editors show no more. */
async function runHook(context: CliContext, name: string, verbose: boolean): Promise<Outcome> {
  if (!(hookNames as readonly string[]).includes(name)) throw new CountersignError('usage/hook', `there is no hook ${JSON.stringify(name)}`, `say one of ${hookNames.join(', ')}`);
  if (context.env[probeVariable] === '1') return { exit: 0, json: { fires: true }, text: () => probeAnswer };
  const repository = await openRepository(context.repo, context.env, { hook: true });
  const checks = name === 'pre-push' ? await runPushHook(repository, await readInput()) : await runCommitHook(repository);
  const failed = checks.filter(({ result }) => result.exit !== 0);
  const lines = failed.map(({ result, about }) => `${about}: ${verdictLine(result)}`);
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n${verbose ? `${failed.map(({ result }) => checkText(result)).join('\n')}\n` : ''}`);
  return { exit: failed.length > 0 ? 1 : 0, json: { checks: checks.map(({ result }) => result) }, text: () => passed(checks, failed.length) };
}

function passed(checks: readonly HookCheck[], failed: number): string {
  return failed > 0 ? '' : checks.filter(({ result }) => result.verdict !== 'pass').map(({ result }) => verdictLine(result)).join('\n');
}

async function readInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
