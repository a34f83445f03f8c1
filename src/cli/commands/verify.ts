import { relativePath } from '../relative-path.ts';
import { CountersignError } from '../../app/errors.ts';
import { policyWeaknesses } from '../../app/policy-weaknesses.ts';
import { takeSignoffs, type VerifiedFile, verifySignoffs } from '../../app/verify.ts';
import { adviceLine } from '../../core/render/check-text.ts';
import { shellWord } from '../../core/render/shell-word.ts';
import { signerText } from '../../core/render/signer-text.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { readSentFile } from '../../node/signoff-folder.ts';
import { textOption } from '../change-options.ts';
import type { CliCommand } from '../command.ts';

export const command: CliCommand = {
  configure: (options) =>
    options
      .argument('[files...]', 'sign-offs and exceptions (default: all of the working tree)')
      .option(
        '--target <branch>',
        'the branch that they were signed for (default: the default target)',
      )
      .option(
        '--take',
        'the files are what others printed: put those that are valid where they belong, and stage them',
      ),
  examples: [
    'countersign verify --take ben.yaml cy.yaml',
    'countersign verify',
    'countersign verify .countersign/signoffs/model-change/ben.0123456789ab.cdef.yaml --json',
  ],
  run: async (context, files, options) => {
    const repository = await openRepository(context.repo, context.env);
    if (options['take'] === true && files.length === 0)
      throw new CountersignError(
        'usage/files',
        '--take takes the files that you name',
        'countersign verify --take ben.yaml',
      );
    const target = textOption(options, 'target');
    const { signoffs, missing } =
      options['take'] === true
        ? await takeSignoffs(
            repository,
            (await Promise.all(files.map((file) => readSentFile(context.cwd, file)))).flat(),
            target,
          )
        : await verifySignoffs(
            repository,
            files.map((file) => relativePath(repository.top, context.cwd, file)),
            target,
          );
    const bad = missing.length > 0 || signoffs.some(({ state }) => state !== 'valid');
    const weak = await policyWeaknesses(repository);
    return {
      exit: bad ? 1 : 0,
      json: { signoffs, missing, weak },
      text: () =>
        [
          ...(signoffs.length + missing.length === 0
            ? ['there are no sign-offs']
            : signoffs.map(line)),
          ...missing.map(adviceLine),
          ...weak,
        ].join('\n'),
    };
  },
};

/** A genuine signature is no more than that where another took its place, or where what it is over never landed. */
function worth({ state, over_what_landed, replaced_by }: VerifiedFile): string {
  if (state !== 'valid') return state;
  if (replaced_by !== null)
    return `genuine, but replaced by ${replaced_by.slice(replaced_by.lastIndexOf('/') + 1)}:`;
  return over_what_landed === false ? 'genuine, but not over what landed:' : state;
}

function line(verified: VerifiedFile): string {
  const {
    file,
    person,
    role,
    decision,
    rule,
    target,
    signed_at,
    key,
    via,
    landed,
    over_what_landed,
    findings,
  } = verified;
  const landing = over_what_landed === false ? ', came along with a landing' : ', landed';
  const who =
    person === null
      ? ''
      : ` ${signerText(`${person} (${role})`, via)} ${decision} ${rule}, ${signed_at} by ${via === null ? 'their own' : 'a job’s'} word, ${key}${landed ? landing : ''}`;
  const elsewhere = findings.some(({ code }) => code.endsWith('/elsewhere'))
    ? ` — as signed for there: countersign verify --target ${shellWord(target?.replace('refs/heads/', '') ?? '')}`
    : '';
  return escapeTerminal(
    `${file}: ${worth(verified)}${who}${findings.map(({ message }) => `; ${message}`).join('')}${elsewhere}`,
  );
}
