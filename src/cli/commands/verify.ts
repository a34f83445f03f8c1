import { relativePath } from '../relative-path.ts';
import { type VerifiedFile, verifySignoffs } from '../../app/verify.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) => options.argument('[files...]', 'sign-offs (default: all of the working tree)'),
  examples: ['countersign verify', 'countersign verify .countersign/signoffs/model-change/ben.0123456789ab.cdef.yaml --json'],
  run: async (context, files) => {
    const repository = await openRepository(context.repo, context.env);
    const paths = files.map((file) => relativePath(repository.top, context.cwd, file));
    const verified = await verifySignoffs(repository, paths);
    const bad = verified.filter(({ state }) => state !== 'valid');
    return { exit: bad.length > 0 ? 1 : 0, json: { signoffs: verified }, text: () => (verified.length === 0 ? 'there are no sign-offs' : verified.map(line).join('\n')) };
  },
};

function line({ file, state, person, role, decision, rule, signed_at, key, landed, findings }: VerifiedFile): string {
  const who = person === null ? '' : ` ${person} (${role}) ${decision} ${rule}, ${signed_at} by their own word, ${key}${landed ? ', landed' : ''}`;
  return escapeTerminal(`${file}: ${state}${who}${findings.map(({ message }) => `; ${message}`).join('')}`);
}
