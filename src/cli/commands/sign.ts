import { join } from 'node:path';
import { type AttestRequest, attest } from '../../app/attest.ts';
import { CountersignError } from '../../app/errors.ts';
import { makeException, prepareException } from '../../app/make-exception.ts';
import {
  type Answers,
  makeSignoff,
  prepareSignoffs,
  type PreparedSignoff,
  storeSigned,
} from '../../app/sign.ts';
import type { MadeSignoff } from '../../app/signoff-draft.ts';
import type { Signer } from '../../app/ports.ts';
import { policyWeaknesses } from '../../app/policy-weaknesses.ts';
import { weaknesses } from '../../core/gate/weaknesses.ts';
import { diffText } from '../../app/signed-diff.ts';
import type { Repository } from '../../app/repository.ts';
import { nearestName } from '../../core/records/schema/nearest-name.ts';
import { shellWord } from '../../core/render/shell-word.ts';
import { escapeTerminal } from '../../core/render/terminal.ts';
import { openRepository } from '../../node/repository.ts';
import { openSigner } from '../../node/ssh-keygen-signer.ts';
import { readAnswers, writeAnswers } from '../answers-file.ts';
import { askAnswers, askReason, confirmSigning, openTerminal } from '../ask.ts';
import { changeSource, textOption, timeOption } from '../change-options.ts';
import type { CliCommand, CliContext, Outcome } from '../command.ts';
import {
  attestedText,
  blockingText,
  committedText,
  exceptedText,
  factsText,
  meaningText,
  preparedText,
  signedText,
} from '../sign-text.ts';
import { attestRequest, signingOptions, signRequest } from '../signing-options.ts';

type Values = Readonly<Record<string, unknown>>;

export const command: CliCommand = {
  configure: signingOptions,
  examples: [
    'countersign sign',
    'countersign sign --as ben --role validator --answers answers.yaml',
    'countersign sign --range main...HEAD --reject --reason "the interval for women is too wide to say"',
    'countersign sign --range main...HEAD --condition "{text: rehearse the rollback, owner: ada, due: 2026-12-01}"',
    'countersign sign --range origin/main...HEAD --via github:ben-h@0123456789abcdef0123456789abcdef01234567 --key job.key --print',
    'countersign sign --range main...HEAD --exception --rule model-change --reason "wrong wages are shown now" --expires 2026-11-26T00:00:00Z',
  ],
  run: async (context, _, options) => {
    const repository = await openRepository(context.repo, context.env);
    const request = attestRequest(options);
    if (request !== null) return attested(repository, context, options, request);
    return options['exception'] === true
      ? except(repository, context, options)
      : approve(repository, context, options);
  },
};

async function approve(
  repository: Repository,
  context: CliContext,
  options: Values,
): Promise<Outcome> {
  const drafts = await prepareSignoffs(repository, signRequest(options));
  // First: a key that is not there makes all answers vain.
  const signer = await ownSigner(repository, context, options);
  const answers = await answersOf(repository, context, drafts, textOption(options, 'answers'));
  const made: MadeSignoff[] = [];
  try {
    for (const [index, draft] of drafts.entries())
      made.push(await makeSignoff(repository, draft, answers[index] ?? {}, signer));
  } catch (error) {
    if (textOption(options, 'answers') === undefined) await keepAnswers(repository, answers);
    throw error;
  }
  const weak = drafts[0] ? weaknesses(drafts[0].base.policy) : [];
  return store(repository, { made, weak }, options, () =>
    [
      ...made.flatMap((signed, index) => [
        signedText(signed),
        ...drafts
          .slice(index, index + 1)
          .flatMap((draft) => blockingText(draft, signed.payload.answers)),
      ]),
      committedText,
      ...weak,
    ].join('\n'),
  );
}

/** Nobody is asked: what a job may say is fixed. */
async function attested(
  repository: Repository,
  context: CliContext,
  options: Values,
  request: AttestRequest,
): Promise<Outcome> {
  const made = await attest(repository, request, await ownSigner(repository, context, options));
  const weak = await policyWeaknesses(repository);
  return store(repository, { made, weak }, options, () =>
    [...made.map(attestedText), ...weak].join('\n'),
  );
}

async function except(
  repository: Repository,
  context: CliContext,
  options: Values,
): Promise<Outcome> {
  const [rule, reason, expires] = [
    textOption(options, 'rule'),
    textOption(options, 'reason'),
    timeOption(options, 'expires'),
  ];
  if (rule === undefined || !reason?.trim() || expires === undefined)
    throw new CountersignError(
      'usage/exception',
      'an exception is for one rule, has a reason and an end',
      'countersign sign --exception --rule model-change --reason "…" --expires 2026-11-26T00:00:00Z',
    );
  const prepared = await prepareException(repository, {
    source: changeSource(options),
    target: textOption(options, 'target'),
    rule,
    reason,
    expires,
    person: textOption(options, 'as'),
    followUpBy: textOption(options, 'followUp'),
  });
  const terminal = openTerminal();
  terminal?.say(escapeTerminal(prepared.meaning));
  terminal?.close();
  const made = await makeException(
    repository,
    prepared,
    await ownSigner(repository, context, options),
  );
  return store(repository, { made: [made], weak: weaknesses(prepared.base.policy) }, options, () =>
    [exceptedText(made), committedText].join('\n'),
  );
}

/** What somebody answered is not lost where signing fails: it lies where no commit takes it, for the next try. */
async function keepAnswers(
  { gitDir }: Pick<Repository, 'gitDir'>,
  answers: readonly Answers[],
): Promise<void> {
  const all = Object.assign({}, ...answers) as Answers;
  if (Object.keys(all).length === 0) return;
  const file = await writeAnswers(join(gitDir, 'countersign'), all);
  process.stderr.write(
    `${escapeTerminal(`your answers are kept: sign again with --answers ${shellWord(file)}`)}\n`,
  );
}

function ownSigner(repository: Repository, { env }: CliContext, options: Values): Promise<Signer> {
  return openSigner(repository, {
    key: textOption(options, 'key'),
    environment: env,
    tell: (line) => process.stderr.write(`${escapeTerminal(line)}\n`),
  });
}

type Signed = {
  readonly made: readonly {
    readonly path: string;
    readonly text: string;
    readonly payload: unknown;
  }[];
  readonly weak: readonly string[];
};

/** What was signed goes into the repository, staged for the next commit, or to standard output. */
async function store(
  repository: Repository,
  { made, weak }: Signed,
  options: Values,
  told: () => string,
): Promise<Outcome> {
  if (options['print'] === true)
    return {
      exit: 0,
      json: { signoffs: made.map(({ path, text }) => ({ path, text })), weak },
      text: () => made.map(({ text }) => text.trimEnd()).join('\n'),
    };
  for (const file of made) await storeSigned(repository, file);
  return {
    exit: 0,
    json: { signoffs: made.map(({ path, payload }) => ({ path, payload })), weak },
    text: told,
  };
}

/** From the file, else asked one by one at a terminal; without either, the items that lack an answer are named. */
async function answersOf(
  repository: Repository,
  context: CliContext,
  drafts: readonly PreparedSignoff[],
  file: string | undefined,
): Promise<readonly Answers[]> {
  if (file !== undefined) {
    const given = await readAnswers(context.cwd, file);
    for (const { base } of drafts.slice(0, 1)) assertAsked(base, given, file);
    show(context, drafts);
    return drafts.map((draft) => complete(draft, given, file));
  }
  const terminal = openTerminal();
  if (terminal === null) {
    show(context, drafts);
    return drafts.map((draft) => complete(draft, {}, null));
  }
  try {
    const answers: Answers[] = [];
    for (const draft of drafts) {
      terminal.say(factsText(draft));
      const given = {
        ...(await askAnswers(terminal, draft)),
        ...(await askReason(terminal, draft)),
      };
      answers.push(given);
      terminal.say(meaningText(draft, given));
      if (!(await confirmSigning(terminal, draft, (place) => diffText(repository, place))))
        throw new CountersignError(
          'sign/cancelled',
          'nothing was signed',
          'run it again when you are ready',
        );
    }
    return answers;
  } finally {
    terminal.close();
  }
}

/** Whoever is not asked still reads what the signature will mean: beside the answer, not in it. */
function show({ json }: CliContext, drafts: readonly PreparedSignoff[]): void {
  if (!json) process.stderr.write(`${drafts.map(preparedText).join('\n')}\n`);
}

/** Refuses answers to what no checklist asks: a slip of the pen would leave the item that was meant unanswered. What another is asked may stand there. */
function assertAsked({ checklists }: PreparedSignoff['base'], given: Answers, file: string): void {
  const known = [
    ...new Set(
      [...checklists.values()].flatMap(({ checklist }) => checklist.items.map(({ id }) => id)),
    ),
  ];
  const unknown = Object.keys(given).find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const near = nearestName(unknown, known);
  const items =
    known.length > 0
      ? `the items are ${known.join(', ')}`
      : `take it out of ${file}: there is no checklist`;
  throw new CountersignError(
    'sign/unknown-item',
    `${file} answers ${unknown}, and no checklist has an item of that name`,
    near === null ? items : `did you mean ${near}?`,
  );
}

/** The answers of one draft: every `must` item has one, and no answer is to an item that this person is not asked. */
function complete(
  { items, rule, person }: PreparedSignoff,
  given: Answers,
  file: string | null,
): Answers {
  const missing = items.filter(({ id, must }) => must && !Object.hasOwn(given, id));
  if (missing.length > 0) {
    throw new CountersignError(
      'sign/unanswered',
      `${rule} asks ${person}: ${missing.map(({ id, ask }) => `${id} (${ask})`).join('; ')}`,
      file === null
        ? 'answer at a terminal, or in a file: --answers answers.yaml'
        : `add ${missing.map(({ id }) => id).join(', ')} to ${file}`,
    );
  }
  return Object.fromEntries(
    items.flatMap(({ id }) =>
      Object.hasOwn(given, id) ? [[id, given[id] as Answers[string]]] : [],
    ),
  );
}
