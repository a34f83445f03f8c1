import { resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { CountersignError } from '../app/errors.ts';
import { escapeTerminal } from '../core/render/terminal.ts';
import type { CliContext, Outcome } from './command.ts';
import { commands } from './commands.ts';
import { oneLine } from './one-line.ts';

/** Runs the command line and returns the exit code. The only place, beside a hook's, where an error becomes text and a code. */
export async function main(argv: readonly string[]): Promise<number> {
  const name = argv[0];
  const verbose = argv.includes('--verbose');
  try {
    if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
      await print(process.stdout, overview());
      return name === undefined ? 2 : 0;
    }
    if (name === '--version' || name === '-V') {
      await print(process.stdout, `${__VERSION__}\n`);
      return 0;
    }
    return await runCommand(name, argv.slice(1));
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const known = explained(error, name ?? '');
    await print(
      process.stderr,
      `${escapeTerminal(`countersign: ${oneLine(known.message)} (${known.code})`)}\n${known.fix ? `  ${escapeTerminal(oneLine(known.fix))}\n` : ''}`,
    );
    if (verbose && error instanceof Error) await print(process.stderr, `${error.stack}\n`);
    return 2;
  }
}

async function runCommand(name: string, argv: readonly string[]): Promise<number> {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) throw unknownCommand(name);
  const command = await entry.load();
  const options = new Command(`countersign ${name}`)
    .description(entry.summary)
    .option('--json', 'one JSON document on standard output')
    .option('--repo <dir>', 'somewhere inside the model repository (default: this folder)')
    .option('--verbose', 'show the stack trace of an error')
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  options.addHelpText(
    'after',
    `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  command.configure(options);
  try {
    options.parse([...argv], { from: 'user' });
    const values = options.opts<Record<string, unknown>>();
    const outcome = await command.run(context(values), options.args, values);
    await print(process.stdout, render(outcome, values['json'] === true));
    return outcome.exit;
  } catch (error) {
    const helped = error instanceof CommanderError && error.exitCode === 0;
    // Who asked for a document gets it, whatever it was that went wrong; people read the rest on standard error.
    if (!helped && command.refused && asksForJson(argv))
      await print(process.stdout, `${JSON.stringify(command.refused(explained(error, name)))}\n`);
    throw error;
  }
}

/** Who mistyped a command is told the one that is near, by the library that knows how. */
function unknownCommand(name: string): CountersignError {
  const known = new Command('countersign')
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  for (const command of Object.keys(commands)) known.command(command);
  try {
    known.parse([name], { from: 'user' });
  } catch (error) {
    const near =
      error instanceof CommanderError
        ? /\(Did you mean (.+)\?\)$/.exec(error.message)?.[1]
        : undefined;
    if (near !== undefined)
      return new CountersignError(
        'usage/unknown-command',
        `there is no command ${JSON.stringify(name)}`,
        `did you mean ${near}? Else see "countersign --help"`,
      );
  }
  return new CountersignError(
    'usage/unknown-command',
    `there is no command ${JSON.stringify(name)}`,
    'see "countersign --help"',
  );
}

/** Told by the words alone, since the options may be what cannot be read. */
function asksForJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) =>
      word === '--json' ||
      word === '--format=json' ||
      (word === '--format' && argv[index + 1] === 'json'),
  );
}

function explained(error: unknown, name: string): CountersignError {
  if (error instanceof CountersignError) return error;
  if (error instanceof CommanderError)
    return new CountersignError(
      'usage/options',
      error.message.replace(/^error: /, '').replaceAll('\n', ' '),
      `see "countersign ${name} --help"`,
    );
  return new CountersignError(
    'internal/unexpected',
    error instanceof Error ? error.message : String(error),
    'run again with --verbose and report what it prints',
  );
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`,
  );
  return [
    'Usage: countersign <command> [options]',
    '',
    'Governed change of machine-learning models: feedback, decisions, fairness evidence and signatures, kept in the model repository.',
    '',
    ...lines,
    '',
    'Each command explains itself: countersign <command> --help',
    'Exit codes: 0 good, 1 the answer is no, 2 could not be judged.',
    '',
  ].join('\n');
}

function context(values: Readonly<Record<string, unknown>>): CliContext {
  const cwd = process.cwd();
  const started = performance.now();
  return {
    cwd,
    repo: typeof values['repo'] === 'string' ? resolve(cwd, values['repo']) : cwd,
    json: values['json'] === true,
    colour: process.stdout.isTTY === true && !process.env['NO_COLOR'],
    env: process.env,
    say: (lines) => void process.stderr.write(lines.map((line) => `${line}\n`).join('')),
    progress: (text) => {
      if (process.stderr.isTTY && performance.now() - started > 1000)
        process.stderr.write(`\r\x1b[K${text}`);
    },
  };
}

function render(outcome: Outcome, json: boolean): string {
  if (json) return `${JSON.stringify(outcome.json)}\n`;
  const text = outcome.text();
  return text === '' ? '' : `${text}\n`;
}

/** Waits until the text is out: a pipe's reader may be slow, and `process.exit` would cut it off. */
function print(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((done) => {
    if (text === '') done();
    else stream.write(text, () => done());
  });
}
