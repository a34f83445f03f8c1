import { l10n, type Uri } from 'vscode';
import type { ChangeSource } from '../../app/change.ts';
import { CountersignError } from '../../app/errors.ts';
import type { Repository } from '../../app/repository.ts';
import { makeSignoff, type PreparedSignoff, prepareSignoffs, storeSigned } from '../../app/sign.ts';
import { rejectReason } from '../../core/gate/reject-reason.ts';
import type {
  FromSignoffPage,
  SignoffDraft,
  ToSignoffPage,
} from '../../core/render/signoff-page.ts';
import { pathText } from '../change/file-node.ts';
import { riskText, statusText } from '../records/record-text.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { failureOf } from '../workspace/snapshot.ts';
import { withEditorSigner } from './editor-signer.ts';
import { signoffWords } from './signoff-words.ts';

/** What the form shows, and where each rule's differences are to be read. */
export type Prepared = {
  readonly message: ToSignoffPage;
  readonly places: ReadonlyMap<string, Pick<PreparedSignoff, 'diff' | 'whole'>>;
};

/** What waits for the person at the machine in a change. Nothing that waits is an answer too, with its reason. */
export async function prepared(model: ModelWorkspace, source: ChangeSource): Promise<Prepared> {
  const words = signoffWords(source.kind);
  try {
    const drafts = await prepareSignoffs(repositoryOf(model), { source, decision: 'approve' });
    return {
      message: {
        kind: 'drafts',
        words,
        drafts: drafts.map((draft) => draftOf(draft, hasSigned(model, draft))),
      },
      places: new Map(drafts.map((draft) => [draft.rule, draft])),
    };
  } catch (error) {
    const { code, message, fix } = failureOf(error);
    if (!['sign/nothing', 'sign/not-needed'].includes(code)) throw error;
    return {
      message: {
        kind: 'drafts',
        words: { ...words, none: [words.none, message, fix].filter(Boolean).join(' ') },
        drafts: [],
      },
      places: new Map(),
    };
  }
}

/** Whether the gate counts a valid approval by this person over the same bytes. */
function hasSigned({ state }: ModelWorkspace, { rule, person, digest }: PreparedSignoff): boolean {
  if (state.kind !== 'ready' || state.gate.kind !== 'checked') return false;
  const { rules, signoffs } = state.gate.result;
  return (
    rules.some((judged) => judged.id === rule && judged.digest === digest) &&
    signoffs.some(
      (signoff) =>
        signoff.rule === rule &&
        signoff.person === person &&
        signoff.decision === 'approve' &&
        signoff.state === 'valid',
    )
  );
}

/**
 * Signs what the person read, and nothing else: where the change moved meanwhile, nothing is signed.
 *
 * @returns the path of the sign-off, which is staged
 */
export async function sign(
  model: ModelWorkspace,
  extension: Uri,
  {
    rule,
    digest,
    decision,
    answers,
    reason,
    vouches,
    meets,
  }: Extract<FromSignoffPage, { kind: 'sign' }>,
  source: ChangeSource,
): Promise<string> {
  const repository = repositoryOf(model);
  const why = decision === 'reject' && reason.trim() !== '' ? { reason: reason.trim() } : {};
  const [draft] = await prepareSignoffs(repository, {
    source,
    rule,
    decision,
    ...(decision === 'approve' ? { vouches, meets } : why),
  });
  if (draft?.digest !== digest)
    throw new CountersignError(
      'sign/moved',
      l10n.t('the change moved while you read, and nothing was signed'),
      l10n.t('look at it again, then sign'),
    );
  const asked = Object.fromEntries(
    draft.items.flatMap(({ id }) =>
      Object.hasOwn(answers, id) && answers[id] ? [[id, answers[id]]] : [],
    ),
  );
  const open = draft.items.filter(({ id, must }) => must && !Object.hasOwn(asked, id));
  if (open.length > 0)
    throw new CountersignError(
      'sign/unanswered',
      l10n.t('still open: {0}', open.map(({ ask }) => ask).join(' · ')),
      l10n.t('answer, then sign'),
    );
  // What was answered no, with a note, says why somebody rejects.
  const said =
    decision === 'reject'
      ? Object.fromEntries(Object.entries(answers).filter(([, given]) => given?.answer === 'no'))
      : asked;
  // Who stops everybody says why: on a page that was reloaded, or by a key pressed twice, nothing is signed by accident.
  if (
    decision === 'reject' &&
    rejectReason({ decision, answers: { ...said, ...draft.given } }) === null
  )
    throw new CountersignError(
      'sign/no-reason',
      l10n.t('a reject says why, and nothing was signed'),
      l10n.t('say why, then sign the reject'),
    );
  const made = await withEditorSigner(repository, extension, (signer) =>
    makeSignoff(repository, draft, said, signer),
  );
  await storeSigned(repository, made);
  return made.path;
}

/** Where a person may sign. @throws CountersignError where nothing may run, or there is no git */
export function repositoryOf({ state }: ModelWorkspace): Repository {
  if (state.kind === 'ready' && state.repository) return state.repository;
  throw new CountersignError(
    'sign/nothing',
    l10n.t('a signature needs a trusted folder with records and git'),
  );
}

function draftOf(
  {
    rule,
    person,
    role,
    digest,
    meaning,
    files,
    evidence,
    movedSince,
    background,
    items,
    earlierAnswers,
    strangers,
    promises,
  }: PreparedSignoff,
  signed: boolean,
): SignoffDraft {
  const moved = (movedSince ?? []).map(pathText);
  return {
    rule,
    person,
    role,
    digest,
    meaning,
    files: files.map(pathText).map((path) => ({ path, moved: moved.includes(path) })),
    before: movedSince !== null,
    signed,
    decisions: background.decisions.map(({ id, title, status, risk }) => ({
      id,
      title,
      status: statusText(status),
      risk: riskText(risk),
    })),
    feedback: background.feedback,
    results: background.results,
    plans: background.plans,
    reviews: background.reviews,
    evidence,
    items: items.map(({ id, ask, must, evidence: wanted }) => ({
      id,
      ask,
      must,
      evidence: wanted ?? null,
    })),
    earlier: earlierAnswers as SignoffDraft['earlier'],
    strangers,
    promises: promises.map(({ text, owner, due, state }) => ({
      text,
      owner,
      due,
      overdue: state === 'overdue',
    })),
  };
}
