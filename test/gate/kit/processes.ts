import { execFile } from 'node:child_process';

/** What a program left behind. */
export type Ended = { readonly code: number; readonly stdout: Buffer; readonly stderr: string };

type Options = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
};

/** The environment of this process without what would change which repository git works in. */
function plainEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('GIT_'),
    ),
  );
}

/** Runs a program to its end, whatever it says. */
export function run(
  program: string,
  args: readonly string[],
  { cwd, env, input }: Options = {},
): Promise<Ended> {
  return new Promise((done) => {
    const child = execFile(
      program,
      [...args],
      {
        ...(cwd === undefined ? {} : { cwd }),
        env: { ...plainEnvironment(), GIT_CONFIG_NOSYSTEM: '1', ...env },
        encoding: 'buffer',
        maxBuffer: 1 << 30,
      },
      (error, stdout, stderr) => {
        const failed = typeof error?.code === 'number' ? error.code : 128;
        done({ code: error === null ? 0 : failed, stdout, stderr: stderr.toString('utf8') });
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Runs a program that must succeed; its standard output. */
export async function must(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<Buffer> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')}: exit ${code}: ${stderr.slice(-600)}`);
  return stdout;
}
