import type { Command as Options } from 'commander';
import type { CountersignError } from '../app/errors.ts';

/** What a command needs of the process around it. */
export type CliContext = {
  /** Absolute folder from which paths on the command line are read. */
  readonly cwd: string;
  /** Absolute folder given by `--repo`, or the working folder: somewhere inside the model repository. */
  readonly repo: string;
  /** Whether `--json` asks for one JSON document on standard output. */
  readonly json: boolean;
  /** Whether colours may be used: a terminal, and no NO_COLOR. */
  readonly colour: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints lines on standard error at once: what is said beside the answer. The lines are escaped already. */
  readonly say: (lines: readonly string[]) => void;
  /** Shows that something is under way; prints on standard error only after a second, and only to a terminal. */
  readonly progress: (text: string) => void;
};

/** The answer of a command: the exit code of `docs`, one JSON document, and the text for people. */
export type Outcome = {
  /** 0 good · 1 the answer is no · 2 could not be judged. */
  readonly exit: 0 | 1 | 2;
  readonly json: unknown;
  /** Made only when it will be printed. Ends without a line feed. */
  readonly text: () => string;
};

/** One command of the command line, in a file of its own that is loaded only when the command is asked for. */
export type CliCommand = {
  /** Adds arguments and options. `--json`, `--repo`, `--verbose` and `--help` are there already. */
  readonly configure: (options: Options) => Options;
  /** The JSON document that says what could not be judged, also where the options cannot be read; without it there is none. */
  readonly refused?: (error: CountersignError) => unknown;
  /** Shell lines shown under `--help`. */
  readonly examples: readonly string[];
  readonly run: (
    context: CliContext,
    args: readonly string[],
    options: Readonly<Record<string, unknown>>,
  ) => Promise<Outcome>;
};
