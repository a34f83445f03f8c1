import type { Command } from 'commander';
import { parse } from 'yaml';
import * as z from 'zod';
import { CountersignError } from '../app/errors.ts';
import type { AttestRequest } from '../app/attest.ts';
import type { SignRequest } from '../app/sign.ts';
import { changeOptions, changeSource, listOption, oneMore, textOption } from './change-options.ts';

/** Options of `sign`. */
export function signingOptions(options: Command): Command {
  return changeOptions(options)
    .option('--rule <rule>', 'this rule only (default: every rule that waits for you)')
    .option('--as <person>', 'who you are in the policy (default: by the e-mail that git uses)')
    .option('--role <role>', 'the role in which you sign; author answers the author’s items only')
    .option(
      '--answers <file>',
      'answers to the checklist: YAML or JSON, item: yes | no | {answer, note}',
    )
    .option('--reject', 'stop this change until you replace the reject')
    .option('--withdraw', 'take your earlier sign-off back')
    .option(
      '--condition <yaml>',
      'approve on a condition: {text, owner, due}; may be given again',
      oneMore,
    )
    .option(
      '--meets <words>',
      'words out of a condition of an earlier approval: you say that it is met; may be given again',
      oneMore,
    )
    .option(
      '--vouch <email>',
      'an author whom the policy does not know and you do; may be given again',
      oneMore,
    )
    .option('--exception', 'let the change of --rule land without what is missing, for a while')
    .option(
      '--reason <text>',
      'why you reject, or why there has to be an exception: it is signed, and everybody reads it',
    )
    .option('--expires <time>', 'until when it may land, RFC 3339')
    .option(
      '--follow-up <date>',
      'by when the approvals follow (default: as late as the policy allows)',
    )
    .option(
      '--via <approval>',
      'for the job of a forge: what somebody approved there, as forge:login@commit; signed with the job’s key',
    )
    .option('--key <file>', 'the private key to sign with (default: the key that git signs with)')
    .option('--print', 'write what was signed to standard output instead of into the repository');
}

/** What belongs to a person who signs, and not to a job that says what somebody approved. */
const personal = [
  'as',
  'answers',
  'reject',
  'withdraw',
  'condition',
  'meets',
  'vouch',
  'exception',
  'reason',
  'expires',
  'followUp',
];

/** What the job of a forge is to sign; null where a person signs. */
export function attestRequest(options: Readonly<Record<string, unknown>>): AttestRequest | null {
  const text = textOption(options, 'via');
  if (text === undefined) return null;
  const other = personal.find((name) => options[name] !== undefined);
  if (other !== undefined)
    throw new CountersignError(
      'usage/options',
      `--via says that somebody approved, and no more, so it goes with no --${other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      'leave one of them out',
    );
  const [, forge, login, commit] = /^([^:@]+):(.+)@([0-9a-f]{40}|[0-9a-f]{64})$/.exec(text) ?? [];
  if (forge === undefined || login === undefined || commit === undefined)
    throw new CountersignError(
      'usage/via',
      `--via ${JSON.stringify(text)} is not an approval on a forge`,
      'write it as forge:login@commit, with the whole id of the commit: --via github:ben-h@0123456789abcdef0123456789abcdef01234567',
    );
  return {
    source: changeSource(options),
    target: textOption(options, 'target'),
    rule: textOption(options, 'rule'),
    role: textOption(options, 'role'),
    via: { forge, login, commit },
  };
}

/** What the options ask to be signed. */
export function signRequest(options: Readonly<Record<string, unknown>>): SignRequest {
  return {
    source: changeSource(options),
    target: textOption(options, 'target'),
    rule: textOption(options, 'rule'),
    person: textOption(options, 'as'),
    role: textOption(options, 'role'),
    decision: decisionOf(options),
    reason: reasonOf(options),
    vouches: listOption(options, 'vouch'),
    meets: listOption(options, 'meets'),
    conditions: listOption(options, 'condition').map(readCondition),
  };
}

function decisionOf(options: Readonly<Record<string, unknown>>): SignRequest['decision'] {
  if (options['reject'] === true && options['withdraw'] === true)
    throw new CountersignError(
      'usage/options',
      '--reject and --withdraw exclude each other',
      'name one of them',
    );
  if (options['reject'] === true) return 'reject';
  return options['withdraw'] === true ? 'withdraw' : 'approve';
}

/** Only a reject has one here; an approval is explained by its answers. */
function reasonOf(options: Readonly<Record<string, unknown>>): string | undefined {
  const reason = textOption(options, 'reason');
  if (reason !== undefined && options['withdraw'] === true)
    throw new CountersignError(
      'usage/options',
      '--reason does not go with --withdraw: what takes a sign-off back holds no words',
      'countersign sign --withdraw, without --reason; say why in the review of the decision: countersign review add DR-… --body "…"',
    );
  if (reason !== undefined && options['reject'] !== true)
    throw new CountersignError(
      'usage/options',
      '--reason goes with --reject or --exception',
      'leave it out, or say in an answer to the checklist what you want to be read',
    );
  if (reason !== undefined && reason.trim() === '')
    throw new CountersignError('usage/options', '--reason is empty', 'say why, or leave it out');
  return reason?.trim();
}

const conditionSchema = z.strictObject({
  text: z.string().min(1),
  owner: z.string().min(1),
  due: z.iso.date(),
});

function readCondition(text: string): z.infer<typeof conditionSchema> {
  const wrong = (why: string): CountersignError =>
    new CountersignError(
      'usage/condition',
      `--condition ${JSON.stringify(text)}: ${why}`,
      'write it like --condition "{text: rehearse the rollback, owner: ada, due: 2026-12-01}"',
    );
  let value: unknown;
  try {
    value = parse(text) as unknown;
  } catch (error) {
    throw wrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  const read = conditionSchema.safeParse(value);
  if (!read.success) throw wrong('a condition has a text, an owner and a day by which it is due');
  return read.data;
}
