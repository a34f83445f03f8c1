/** Starts VS Code's server on a free port of this machine, reachable by whoever knows its token, and ends it with all that it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A server that is up. */
export type WorkbenchServer = {
  /** `127.0.0.1:<port>`, which is also the authority of remote folders. */
  readonly authority: string;
  /** The address that opens a folder, or with null an empty window, as a person pastes it into a browser. */
  url(folder: string | null, payload?: readonly (readonly [string, string])[]): string;
  stop(): void;
};

/** How a server is to be started. */
export type ServerOptions = {
  readonly serverMain: string;
  /** Holds its extensions, settings and logs; a folder of one server alone. */
  readonly dataFolder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Lets a page run tests inside the extension host; such a server shows no notification toast. */
  readonly smokeTestDriver?: boolean;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
};

/** Quietens what is not ours: no welcome, no assistant, no look for updates. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'always',
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.showReleaseNotes': false,
  'window.restoreWindows': 'none',
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
};

/** The extensions that a server of this data folder has; a VSIX is installed into it. */
export function serverArguments({
  serverMain,
  dataFolder,
}: Pick<ServerOptions, 'serverMain' | 'dataFolder'>): readonly string[] {
  return [
    serverMain,
    '--server-data-dir',
    dataFolder,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
}

/** Resolves once the server takes requests. @throws Error with the end of its log, where it does not within half a minute */
export async function startServer(options: ServerOptions): Promise<WorkbenchServer> {
  const { dataFolder } = options;
  const token = randomBytes(16).toString('hex');
  const tokenFile = join(dataFolder, 'token');
  mkdirSync(join(dataFolder, 'data', 'User'), { recursive: true });
  writeFileSync(tokenFile, token, { mode: 0o600 });
  writeFileSync(
    join(dataFolder, 'data', 'User', 'settings.json'),
    JSON.stringify(options.settings, null, 2),
  );
  const args = [
    ...serverArguments(options),
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--connection-token-file',
    tokenFile,
    ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  // A process group of its own: extension hosts are the server's children and would outlive it.
  const child = spawn(process.execPath, args, {
    cwd: dataFolder,
    env: serverEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = stopper(child);
  const port = await portOf(child).catch((error: unknown) => {
    stop();
    throw error;
  });
  const authority = `127.0.0.1:${port}`;
  return {
    authority,
    url: (folder, payload) =>
      `http://${authority}/?${new URLSearchParams({ tkn: token, ...(folder === null ? { ew: 'true' } : { folder }), ...(payload ? { payload: JSON.stringify(payload) } : {}) })}`,
    stop,
  };
}

/** Variables that an editor, npm or a git hook set for its own children would mislead the server. */
function serverEnvironment(env: Readonly<NodeJS.ProcessEnv> = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_TEST_|npm_|GIT_(?!CONFIG_))/.test(name),
    ),
  );
}

/** Ends the whole group, once; also when this process ends or is told to. */
function stopper(child: ChildProcess): () => void {
  let stopped = false;
  exitOnSignals();
  const stop = (): void => {
    if (stopped || child.pid === undefined) return;
    stopped = true;
    process.off('exit', stop);
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  };
  process.on('exit', stop);
  return stop;
}

/** A process that a signal ends takes no leave of what it started; one that exits does. */
function exitOnSignals(): void {
  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    if (process.listenerCount(signal) === 0) process.on(signal, () => process.exit(code));
  }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((done, fail) => {
    let said = '';
    const timer = setTimeout(
      () =>
        fail(new Error(`The workbench's server did not start within 30 s:\n${said.slice(-2000)}`)),
      30_000,
    );
    const hear = (piece: Buffer): void => {
      said += piece.toString('utf8');
      const port = /Web UI available at \S+?:(\d+)/.exec(said)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      child.stdout?.off('data', hear).resume();
      done(Number(port));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', (piece: Buffer) => {
      said += piece.toString('utf8');
    });
    child.on('error', fail);
    child.on('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`The workbench's server ended with ${code}:\n${said.slice(-2000)}`));
    });
  });
}
