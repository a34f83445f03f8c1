#!/usr/bin/env node
import { createRequire } from 'node:module';

const argv = process.argv.slice(2);
// Every commit waits for this one, so it has a bundle of its own, without the parser of options.
const isHook =
  argv[0] === 'hook' && argv[1] === 'run' && !argv.includes('--help') && !argv.includes('-h');
const { main } = isHook
  ? (createRequire(import.meta.url)('./hook.cjs') as typeof import('./hook-start.ts'))
  : await import('./command-line.ts');
// Where the reader went away (`countersign check | head`) nobody is left to tell; what the exit code says stands.
if (!isHook) process.stdout.on('error', () => {});
const code = await main(isHook ? argv.slice(2) : argv);
// A hook has said all that it had to say: a commit need not wait until git has seen that nothing is asked any more.
if (isHook) process.exit(code);
process.exitCode = code;
