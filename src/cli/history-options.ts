import type { Command } from 'commander';
import type { AuditRequest } from '../app/audit.ts';
import { listOption, oneMore, textOption, timeOption, trustRootOption } from './change-options.ts';

/** Options of the commands that replay the gate over history. */
export function historyOptions(options: Command): Command {
  return options
    .option('--target <branch>', 'whose history (default: the default target)')
    .option('--since <rev>', 'take what landed up to this commit as judged already')
    .option(
      '--trust-root <digest>',
      'accept the policy of this digest without signatures; may be given again',
      oneMore,
    )
    .option(
      '--stamp-ca <file>',
      'certificates (PEM) of who stamps times (RFC 3161): their stamps under .countersign/stamps are believed',
    )
    .option('--now <time>', 'what is owed is judged as of this time, RFC 3339');
}

/** The question that the options ask. */
export function historyRequest(options: Readonly<Record<string, unknown>>): AuditRequest {
  return {
    target: textOption(options, 'target'),
    since: textOption(options, 'since'),
    stampAuthorities: textOption(options, 'stampCa'),
    trustRoots: listOption(options, 'trustRoot').map(trustRootOption),
    now: timeOption(options, 'now'),
  };
}
