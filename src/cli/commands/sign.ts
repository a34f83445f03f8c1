import type { Command } from 'commander';
import { CountersignError } from '../../app/errors.ts';
import { type Answers, type MadeSignoff, makeSignoff, prepareSignoffs, type PreparedSignoff, storeSignoff } from '../../app/sign.ts';
import { openRepository } from '../../node/repository.ts';
import { openSigner } from '../../node/ssh-keygen-signer.ts';
import { readAnswers } from '../answers-file.ts';
import { askAnswers, confirm, openTerminal } from '../ask.ts';
import { changeOptions, changeSource, textOption } from '../change-options.ts';
import type { CliCommand, CliContext } from '../command.ts';
import { preparedText, signedText } from '../sign-text.ts';

export const command: CliCommand = {
  configure: (options: Command) =>
    changeOptions(options)
      .option('--rule <rule>', 'this rule only (default: every rule that waits for you)')
      .option('--as <person>', 'who you are in the policy (default: by the e-mail that git uses)')
      .option('--role <role>', 'the role in which you sign; author answers the author’s items only')
      .option('--answers <file>', 'answers to the checklist: YAML or JSON, item: yes | no | {answer, note}')
      .option('--reject', 'stop this change until you replace the reject')
      .option('--withdraw', 'take your earlier sign-off back')
      .option('--key <file>', 'the private key to sign with (default: the key that git signs with)')
      .option('--print', 'write the sign-off to standard output instead of into the repository'),
  examples: ['countersign sign', 'countersign sign --as ben --role validator --answers answers.yaml', 'countersign sign --range main...HEAD --reject'],
  run: async (context, _, options) => {
    const repository = await openRepository(context.repo, context.env);
    const drafts = await prepareSignoffs(repository, {
      source: changeSource(options),
      target: textOption(options, 'target'),
      rule: textOption(options, 'rule'),
      person: textOption(options, 'as'),
      role: textOption(options, 'role'),
      decision: decisionOf(options),
    });
    const answers = await answersOf(context, drafts, textOption(options, 'answers'));
    const signer = await openSigner(repository, { key: textOption(options, 'key'), environment: context.env });
    const made: MadeSignoff[] = [];
    for (const [index, draft] of drafts.entries()) made.push(await makeSignoff(repository, draft, answers[index] ?? {}, signer));
    if (options['print'] === true) return { exit: 0, json: { signoffs: made.map(({ path, text }) => ({ path, text })) }, text: () => made.map(({ text }) => text.trimEnd()).join('\n') };
    for (const signoff of made) await storeSignoff(repository, signoff);
    return { exit: 0, json: { signoffs: made.map(({ path, payload }) => ({ path, payload })) }, text: () => made.map(signedText).join('\n') };
  },
};


function decisionOf(options: Readonly<Record<string, unknown>>): 'approve' | 'reject' | 'withdraw' {
  if (options['reject'] === true && options['withdraw'] === true) throw new CountersignError('usage/options', '--reject and --withdraw exclude each other', 'name one of them');
  return options['reject'] === true ? 'reject' : options['withdraw'] === true ? 'withdraw' : 'approve';
}

/** From the file, else asked one by one at a terminal; without either, the items that lack an answer are named. */
async function answersOf(context: CliContext, drafts: readonly PreparedSignoff[], file: string | undefined): Promise<readonly Answers[]> {
  if (file !== undefined) {
    const given = await readAnswers(context.cwd, file);
    return drafts.map((draft) => complete(draft, given, file));
  }
  const terminal = openTerminal();
  if (terminal === null) return drafts.map((draft) => complete(draft, {}, null));
  try {
    const answers: Answers[] = [];
    for (const draft of drafts) {
      terminal.say(preparedText(draft));
      answers.push(await askAnswers(terminal, draft));
      if (!(await confirm(terminal, 'Sign?'))) throw new CountersignError('sign/cancelled', 'nothing was signed', 'run it again when you are ready');
    }
    return answers;
  } finally {
    terminal.close();
  }
}

/** The answers of one draft: every `must` item has one, and no answer is to an item that this person is not asked. */
function complete({ items, rule, person }: PreparedSignoff, given: Answers, file: string | null): Answers {
  const missing = items.filter(({ id, must }) => must && !Object.hasOwn(given, id));
  if (missing.length > 0) {
    throw new CountersignError('sign/unanswered', `${rule} asks ${person}: ${missing.map(({ id, ask }) => `${id} (${ask})`).join('; ')}`, file === null ? 'answer at a terminal, or in a file: --answers answers.yaml' : `add ${missing.map(({ id }) => id).join(', ')} to ${file}`);
  }
  return Object.fromEntries(items.flatMap(({ id }) => (Object.hasOwn(given, id) ? [[id, given[id] as Answers[string]]] : [])));
}
