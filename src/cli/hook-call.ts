import { resolve } from 'node:path';

/** What git, or a hook manager, and the person gave. */
export type HookCall = {
  readonly name: string;
  readonly given: readonly string[];
  readonly repo: string;
  /** Whether `--repo` named it. */
  readonly named: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
};

/** Options are ours up to the name of the hook and after it; all else is what git gives the hook, a remote's odd name included. */
export function readHookCall(argv: readonly string[]): HookCall {
  const given: string[] = [];
  let repo = process.cwd();
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] as string;
    if (word === '--repo') repo = resolve(repo, argv[++index] ?? '');
    else if (word !== '--json' && word !== '--verbose') given.push(word);
  }
  const [name = '', ...rest] = given;
  return {
    name,
    given: rest,
    repo,
    named: argv.includes('--repo'),
    json: argv.includes('--json'),
    verbose: argv.includes('--verbose'),
  };
}
