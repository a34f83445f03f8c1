import type { MadeException } from '../app/make-exception.ts';
import type { Answers, PreparedSignoff } from '../app/sign.ts';
import type { MadeSignoff } from '../app/signoff-draft.ts';
import { viaOf } from '../core/gate/payload.ts';
import type { ShownPath } from '../core/gate/raw-path.ts';
import { weaknesses } from '../core/gate/weaknesses.ts';
import { countOf } from '../core/render/count-of.ts';
import { signerText } from '../core/render/signer-text.ts';
import { escapeTerminal } from '../core/render/terminal.ts';

/** What a person reads who is not asked: {@link factsText}, and what the signature will mean. */
export function preparedText(prepared: PreparedSignoff): string {
  return `${factsText(prepared)}\n${escapeTerminal(prepared.meaning)}`;
}

/** What a person reads before signing: the files, what asked for them, what was measured, and what the signature will list. */
export function factsText({
  rule,
  files,
  movedSince,
  background,
  evidence,
  base,
}: PreparedSignoff): string {
  const { decisions, feedback, results, plans, reviews } = background;
  const moved =
    movedSince === null
      ? []
      : [
          movedSince.length === 0
            ? 'nothing moved since you last signed'
            : `moved since you last signed: ${named(movedSince)}`,
        ];
  return [
    `${rule}: ${files.length === 0 ? 'no file of it changes' : named(files)}`,
    ...moved,
    ...decisions.map(
      ({ id, title, status, risk }) => `decision ${id} ${title} [${status}, risk ${risk}]`,
    ),
    ...(feedback.length > 0 ? [`asked for by ${countOf(feedback.length, 'feedback item')}:`] : []),
    ...shortened(
      feedback.map(({ id, title }) => `${id} ${title ?? '(its text is not in this repository)'}`),
    ).map((line) => `  ${line}`),
    ...results.flatMap(({ verdict, why, targets, unverified, sameAs }) => [
      `measured: ${verdict}: ${why}`,
      ...targets.map((line) => `  ${line}`),
      ...(sameAs === null
        ? []
        : [
            `  on the very bytes that ${sameAs} was measured on before the code changed: these may be predictions of the model as it was`,
          ]),
      ...unverified.map(
        (path) =>
          `  on unverified data, since git has neither the file nor a pointer that says what is in it: ${path}`,
      ),
    ]),
    ...(decisions.length > 0 && results.length === 0
      ? ['measured: nothing on this very code']
      : []),
    ...plans.map(
      ({ evaluation, path }) =>
        `this change says what ${evaluation} measures, or what is good enough: look at ${path}`,
    ),
    ...shortened(reviews).map((line) => `in review: ${line}`),
    ...(evidence.length > 0
      ? [
          `your signature will list: ${evidence.map(({ path, sha256 }) => `${path} (${sha256.slice(0, 12)})`).join(', ')}`,
        ]
      : []),
    ...weaknesses(base.policy),
  ]
    .map(escapeTerminal)
    .join('\n');
}

export function signedText({ path, payload }: MadeSignoff): string {
  return escapeTerminal(
    `${payload.person} signed ${payload.rule} as ${payload.role} (${payload.decision}): ${path}, staged for the next commit`,
  );
}

/** That an approval holds an answer which keeps its rule shut: a `no` to an item that has to be settled. */
export function blockingText(
  { rule, items, draft }: PreparedSignoff,
  answers: Answers,
): readonly string[] {
  const denied = items
    .filter(({ id, must }) => must && answers[id]?.answer === 'no')
    .map(({ id }) => id);
  if (draft.decision !== 'approve' || denied.length === 0) return [];
  return [
    escapeTerminal(
      `it keeps ${rule} shut: the answer to ${denied.join(', ')} is no, and must be yes, or not-applicable with a note; once that is settled, sign again`,
    ),
  ];
}

/** What a person reads last before they say yes. */
export function meaningText(prepared: PreparedSignoff, answers: Answers): string {
  return [
    'Your signature means:',
    escapeTerminal(`  ${prepared.meaning}`),
    ...blockingText(prepared, answers).map((line) => `  but ${line}`),
  ].join('\n');
}

/** What a job signed in a person's place. */
export function attestedText({ path, payload }: MadeSignoff): string {
  return escapeTerminal(
    `signed that ${signerText(payload.person, viaOf(payload))} approved ${payload.via?.commit.slice(0, 12)} under ${payload.rule} as ${payload.role}: ${path}, staged for the next commit`,
  );
}

/** What is left to do before anybody else sees a signature. */
export const committedText =
  'others see it, and a check of a range counts it, once it is committed and pushed: git commit, then git push';

export function exceptedText({ path, payload }: MadeException): string {
  return escapeTerminal(
    `${payload.person} excepts ${payload.rule} until ${payload.expires}: ${path}, staged for the next commit; approvals must follow by ${payload.follow_up_by}`,
  );
}

function named(paths: readonly ShownPath[]): string {
  return shortened(paths.map((path) => (typeof path === 'string' ? path : path.b64))).join(', ');
}

const longest = 8;

/** The first eight, and how many more there are. */
function shortened(texts: readonly string[]): readonly string[] {
  return texts.length > longest
    ? [...texts.slice(0, longest), `and ${texts.length - longest} more`]
    : texts;
}
