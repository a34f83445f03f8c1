#!/usr/bin/env node
import { keptProgram } from './kept-program.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (`countersign list | head`): nobody is left to tell.
  if (error.code === 'EPIPE') process.exit(0);
});

const argv = process.argv.slice(2);
// Every commit waits for this one, so it has a bundle of its own, without the parser of options.
const isHook = argv[0] === 'hook' && argv[1] === 'run' && !argv.includes('--help') && !argv.includes('-h');
process.exitCode = isHook ? await keptProgram('hook.cjs').main(argv.slice(2)) : await (await import('./command-line.ts')).main(argv);
