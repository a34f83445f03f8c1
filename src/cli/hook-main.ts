import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { config } from 'zod';
import { CountersignError } from '../app/errors.ts';
import { type HookCheck, runCommitHook, runPushHook } from '../app/hook-run.ts';
import type { Repository } from '../app/repository.ts';
import { checkText, hookLine, standingLines, verdictLine } from '../core/render/check-text.ts';
import { escapeTerminal } from '../core/render/terminal.ts';
import type { StartedQuestions } from '../node/git-ahead.ts';
import { type HookName, hookNames, probeVariable } from '../node/hook-names.ts';
import { judgesWholePush } from '../node/hooks.ts';
import { openRepository } from '../node/repository.ts';
import { type HookCall, readHookCall } from './hook-call.ts';
import { oneLine } from './one-line.ts';

// To compile a validator takes longer than to use it as it is for the two or three files that a commit is judged by.
config({ jitless: true });

/**
 * The gate inside a hook, `countersign hook run NAME`. Its first line on standard error is the whole message with the next
 * step, since editors show no more of a hook. Whatever goes wrong, a crash of this program included, blocks.
 *
 * @param started what `hook-start.ts` asked of git in the meantime
 */
export async function main(
  argv: readonly string[],
  started: StartedQuestions | null,
): Promise<number> {
  const call = readHookCall(argv);
  try {
    const name = hookNames.find((known) => known === call.name);
    if (name === undefined)
      throw new CountersignError(
        'usage/hook',
        `there is no hook ${JSON.stringify(call.name)}`,
        `say one of ${hookNames.join(', ')}`,
      );
    const witness = process.env[probeVariable];
    if (witness !== undefined) return refuseProbe(name, witness);
    return await tell(await checksOf(name, call, started), call);
  } catch (error) {
    const known =
      error instanceof CountersignError
        ? error
        : new CountersignError(
            'internal/unexpected',
            error instanceof Error ? error.message : String(error),
            'run the hook again with --verbose and report what it prints',
          );
    await print(
      'stderr',
      `${escapeTerminal(`countersign: ${oneLine(known.message)} (${known.code})${known.fix ? ` — next: ${oneLine(known.fix)}` : ''}`)}\n`,
    );
    if (call.verbose && error instanceof Error) await print('stderr', `${error.stack}\n`);
    return 2;
  }
}

async function checksOf(
  name: HookName,
  { given, repo, named }: HookCall,
  ahead: StartedQuestions | null,
): Promise<readonly HookCheck[]> {
  const repository = await openRepository(repo, process.env, { hook: true, named, ahead });
  return name === 'pre-push'
    ? runPushHook(
        repository,
        await pushesOf(repository, given),
        given[0] ?? process.env['PRE_COMMIT_REMOTE_NAME'],
      )
    : runCommitHook(repository, name);
}

/** Says that the hook runs, and refuses: a variable from outside must not open the gate. */
async function refuseProbe(name: string, witness: string): Promise<number> {
  try {
    // Only a file that the dry run made: nothing is created in its name.
    const file = openSync(witness, constants.O_WRONLY | constants.O_APPEND);
    writeSync(file, `${name}\n`);
    closeSync(file);
  } catch {
    // Then nobody reads it either.
  }
  await print(
    'stderr',
    `countersign: a dry run of the ${name} hook, which lets nothing pass — next: unset ${probeVariable}\n`,
  );
  return 2;
}

async function tell(checks: readonly HookCheck[], { json, verbose }: HookCall): Promise<number> {
  const failed = checks.filter(({ result }) => result.exit !== 0);
  const lines = failed.map(({ result, about }) => `${escapeTerminal(about)}: ${hookLine(result)}`);
  if (verbose) lines.push(...failed.map(({ result }) => checkText(result)));
  await print('stderr', lines.map((line) => `${line}\n`).join(''));
  // What passes is worth a line only where there is something to know.
  const notes =
    failed.length > 0
      ? []
      : checks
          .filter(({ result }) => result.verdict !== 'pass')
          .map(({ result }) => `${verdictLine(result)}\n`);
  if (checks.some(({ halfWay, result }) => halfWay && result.exit === 0))
    notes.push(
      'countersign: half-way through a rebase only records are looked at; the whole branch is judged when it is pushed\n',
    );
  notes.push(
    ...checks.flatMap(({ note }) => (note === undefined ? [] : [`${escapeTerminal(note)}\n`])),
  );
  // With --verbose what failed lists them already.
  notes.push(
    ...new Set(
      checks
        .flatMap(({ result }) => (verbose && result.exit !== 0 ? [] : standingLines(result)))
        .map((line) => `${line}\n`),
    ),
  );
  await print(
    'stdout',
    json ? `${JSON.stringify({ checks: checks.map(({ result }) => result) })}\n` : notes.join(''),
  );
  return failed.length > 0 ? 1 : 0;
}

/**
 * What is pushed, as git tells a pre-push hook on standard input. pre-commit reads that itself and tells of the first branch
 * by variables: enough where a hook beside its own hears of all of them. Where somebody else swallowed it, git's two
 * arguments are missing as a rule, and what nobody knows of must not pass.
 */
async function pushesOf(repository: Repository, given: readonly string[]): Promise<string> {
  const {
    PRE_COMMIT_TO_REF: oid,
    PRE_COMMIT_REMOTE_BRANCH: branch,
    PRE_COMMIT_LOCAL_BRANCH: local,
    PRE_COMMIT_FROM_REF: before,
  } = process.env;
  const told = await readInput();
  if (told.trim() !== '') return told;
  if (oid && branch && !(await judgesWholePush(repository)))
    throw new CountersignError(
      'hook/one-branch',
      'pre-commit tells its hooks of the first branch of a push only, and nobody would judge the others',
      'once in this clone: countersign hook install, which has pre-commit hand on all of them',
    );
  if (oid && branch)
    return `${local || 'HEAD'} ${oid} ${branch.startsWith('refs/') ? branch : `refs/heads/${branch}`} ${remoteTip(before, oid)}\n`;
  if (given.length < 2)
    throw new CountersignError(
      'hook/input',
      'nobody told the pre-push hook what is pushed',
      'let it have git’s arguments and standard input: "$@" in a script, {0} and use_stdin: true in lefthook.yml',
    );
  return '';
}

/** pre-commit names the first commit that the remote lacks by its parent; where it names none, the branch is new there. */
function remoteTip(before: string | undefined, oid: string): string {
  return before && /^[0-9a-f]{40,64}$/.test(before) ? before : '0'.repeat(oid.length);
}

async function readInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** Waits until the text is out: a pipe's reader may be slow. One that went away changes nothing of what the exit code says. */
function print(name: 'stdout' | 'stderr', text: string): Promise<void> {
  // To open a stream takes milliseconds, and most hooks have nothing to say.
  if (text === '') return Promise.resolve();
  const stream = process[name];
  stream.on('error', () => {});
  return new Promise((done) => {
    stream.write(text, () => done());
  });
}
