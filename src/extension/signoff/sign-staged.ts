import { l10n, type Uri } from 'vscode';
import { CountersignError } from '../../app/errors.ts';
import type { Repository } from '../../app/repository.ts';
import { makeSignoff, type PreparedSignoff, prepareSignoffs, storeSigned } from '../../app/sign.ts';
import type { FromSignoffPage, SignoffDraft, ToSignoffPage } from '../../core/render/signoff-page.ts';
import { pathText } from '../change/file-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { failureOf } from '../workspace/snapshot.ts';
import { withEditorSigner } from './editor-signer.ts';
import { signoffWords } from './signoff-words.ts';

const staged = { kind: 'staged' } as const;

/** What waits for the person at the machine, for the form. Nothing that waits is an answer too, with its reason. */
export async function prepared(model: ModelWorkspace): Promise<ToSignoffPage> {
  const words = signoffWords();
  try {
    const drafts = await prepareSignoffs(repositoryOf(model), { source: staged, decision: 'approve' });
    return { kind: 'drafts', words, drafts: drafts.map(draftOf) };
  } catch (error) {
    const { code, message, fix } = failureOf(error);
    if (!['sign/nothing', 'sign/not-needed'].includes(code)) throw error;
    return { kind: 'drafts', words: { ...words, none: [words.none, message, fix].filter(Boolean).join(' — ') }, drafts: [] };
  }
}

/**
 * Signs what the person read, and nothing else: where the change moved meanwhile, nothing is signed.
 *
 * @returns the path of the sign-off, which is staged
 */
export async function sign(model: ModelWorkspace, extension: Uri, { rule, digest, decision, answers }: Extract<FromSignoffPage, { kind: 'sign' }>): Promise<string> {
  const repository = repositoryOf(model);
  const [draft] = await prepareSignoffs(repository, { source: staged, rule, decision });
  if (draft?.digest !== digest) throw new CountersignError('sign/moved', l10n.t('the change moved while you read, and nothing was signed'), l10n.t('look at it again, then sign'));
  const asked = Object.fromEntries(draft.items.flatMap(({ id }) => (Object.hasOwn(answers, id) && answers[id] ? [[id, answers[id]]] : [])));
  const open = draft.items.filter(({ id, must }) => must && !Object.hasOwn(asked, id));
  if (open.length > 0) throw new CountersignError('sign/unanswered', l10n.t('still open: {0}', open.map(({ ask }) => ask).join(' · ')), l10n.t('answer, then sign'));
  const made = await withEditorSigner(repository, extension, (signer) => makeSignoff(repository, draft, asked, signer));
  await storeSigned(repository, made);
  return made.path;
}

function repositoryOf({ state }: ModelWorkspace): Repository {
  if (state.kind === 'ready' && state.repository) return state.repository;
  throw new CountersignError('sign/nothing', l10n.t('a signature needs a trusted folder with records and git'));
}

function draftOf({ rule, person, role, digest, meaning, files, evidence, movedSince, items, earlierAnswers }: PreparedSignoff): SignoffDraft {
  return {
    rule,
    person,
    role,
    digest,
    meaning,
    files: files.map(pathText),
    evidence: evidence.map(({ path }) => path),
    moved: movedSince?.map(pathText) ?? null,
    items: items.map(({ id, ask, must, evidence: wanted }) => ({ id, ask, must, evidence: wanted ?? null })),
    earlier: earlierAnswers as SignoffDraft['earlier'],
  };
}
