import type { SimpleGit } from 'simple-git';
import { CountersignError } from '../app/errors.ts';
import { fixedEnvironment, fixedSettings, repositoryVariables } from './git-environment.ts';
import type { GitPlace } from './git-process.ts';

/** What git itself needs of the surroundings. The library refuses to start beside variables that name programs, such as EDITOR. */
const needed = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'XDG_CONFIG_HOME',
];

/**
 * Commands with a short answer, through simple-git. It is loaded when the first one is asked: what every commit waits for
 * runs git itself.
 */
export function shortGit(place: GitPlace): (args: readonly string[]) => Promise<string> {
  let opened: Promise<SimpleGit> | undefined;
  return async (args) => {
    opened ??= open(place);
    const git = await opened;
    try {
      return (await git.raw([...fixedSettings, ...args])).replace(/\n$/, '');
    } catch (cause) {
      throw new CountersignError(
        'git/failed',
        `git ${args[0]}: ${cause instanceof Error ? cause.message.trim() : String(cause)}`,
        'see what git says of it: git status',
        { cause },
      );
    }
  };
}

async function open({ directory, environment }: GitPlace): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const own = [...Object.keys(fixedEnvironment), ...repositoryVariables];
  const kept = Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => own.includes(name) || needed.includes(name.toUpperCase()),
    ),
  );
  // Its guards are against strangers' options; ours only ever switch something off.
  const unsafe = {
    allowUnsafeFsMonitor: true,
    allowUnsafeHooksPath: true,
    allowUnsafeProtocolOverride: true,
  };
  return simpleGit({ baseDir: directory, allowEnvironment: own, unsafe }).env(kept);
}
