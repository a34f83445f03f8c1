import { l10n, type QuickPickItem, window } from 'vscode';
import { startThread } from '../../app/write-review.ts';
import { CountersignError } from '../../app/errors.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { policyOf } from '../records/people.ts';
import { editOnDisk } from '../records/record-writer.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { lastAnswer, type ReadyState } from '../workspace/snapshot.ts';

type Decision = ReadyState['index']['decisions'][number];
type Place = {
  readonly session: FolderSession;
  readonly state: ReadyState;
  readonly repository: NonNullable<ReadyState['repository']>;
};

/**
 * Asks people to review a decision: a thread on the whole record that names them, as one file, which is how they hear of it
 * on any branch. A proposal is in review from then on, also where nobody is named.
 *
 * @param id of the decision; the person picks one where it is absent
 * @param wanted people who are chosen already; those whose signature the change still needs where it is absent
 */
export function requestReview(
  model: ModelWorkspace,
  id: string | undefined,
  wanted?: readonly string[],
): Promise<void> {
  const place = placeOf(model, id);
  return KeyFlow.run((flow) => request(flow, place, id, wanted));
}

async function request(
  flow: KeyFlow,
  place: Place,
  id: string | undefined,
  wanted: readonly string[] | undefined,
): Promise<void> {
  const decision =
    place.state.index.decisions.find((candidate) => candidate.id === id) ??
    (await pickDecision(flow, place.state));
  if (!decision) return;
  const people = await pickPeople(flow, place.state, decision.value.owner, wanted);
  if (people === undefined) return;
  if (people.length > 0 && !(await ask(flow, place, decision, people))) return;
  if (decision.value.status === 'proposed')
    await editOnDisk(place.session, decision.path, ({ value }) =>
      'status' in value && value.status === 'proposed'
        ? [{ path: ['status'], value: 'in-review' }]
        : [],
    );
  await place.session.readNow();
  const told =
    people.length > 0
      ? l10n.t(
          'Asked {0} to review {1}; commit and push it, so that they see it',
          people.join(', '),
          decision.id,
        )
      : l10n.t('{0} is in review; commit and push it, so that others see it', decision.id);
  window.setStatusBarMessage(told, 8000);
}

/** The folder that holds the decision; the one at hand where nobody named any. */
function placeOf({ sessions, current }: ModelWorkspace, id: string | undefined): Place {
  const session =
    sessions.find(
      ({ state }) => state.kind === 'ready' && id !== undefined && state.index.byId.has(id),
    ) ?? current;
  if (session?.state.kind !== 'ready' || !session.state.repository)
    throw new CountersignError(
      'review/place',
      l10n.t('a review is asked for in a trusted folder with records'),
    );
  return { session, state: session.state, repository: session.state.repository };
}

/** Whether words were written: a closed or empty box asks nobody. */
async function ask(
  flow: KeyFlow,
  { repository }: Place,
  decision: Decision,
  people: readonly string[],
): Promise<boolean> {
  const begun = l10n.t(
    '{0}: please review this decision before it lands.',
    people.map((person) => `@${person}`).join(' '),
  );
  const body = await flow.text({
    title: l10n.t('Request a review of {0}', decision.id),
    placeholder: l10n.t('What they read first'),
    begun,
  });
  if (body === undefined || body.trim() === '') return false;
  await startThread(repository, { record: decision.id, at: '', body });
  return true;
}

/** Decisions that still have to land first. */
async function pickDecision(flow: KeyFlow, { index }: ReadyState): Promise<Decision | undefined> {
  const rank = ({ value }: Decision): number =>
    ['in-review', 'proposed', 'accepted'].indexOf(value.status) >>> 0;
  const items = index.decisions
    .toSorted((a, b) => rank(a) - rank(b))
    .map((decision): QuickPickItem & { decision: Decision } => ({
      decision,
      label: oneLineWithoutIcons(titleText(decision.value.title)),
      description: `${decision.id} · ${statusText(decision.value.status)}`,
    }));
  return (
    await flow.pick(items, {
      title: l10n.t('Review which decision?'),
      placeholder: l10n.t('Words of the title, or the id'),
    })
  )?.decision;
}

/** People of the policy but the one who asks; those who are wanted, or whose signature the change still needs, are chosen already. Nobody is asked where there is nobody else. */
async function pickPeople(
  flow: KeyFlow,
  state: ReadyState,
  owner: string,
  wanted: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  const needed = new Set(
    (lastAnswer(state.gate)?.result.rules ?? []).flatMap(({ requirements }) =>
      requirements.flatMap((requirement) =>
        requirement.state === 'unmet' ? requirement.could : [],
      ),
    ),
  );
  const others = Object.entries(policyOf(state.index)?.people ?? {}).filter(
    ([id]) => id !== (state.person ?? owner),
  );
  if (others.length === 0) return [];
  const items = others.map(([id, { name }]): QuickPickItem & { id: string } => ({
    id,
    label: id,
    description: [name, needed.has(id) ? l10n.t('could sign this change') : '']
      .filter(Boolean)
      .join(' · '),
    picked: wanted.length > 0 ? wanted.includes(id) : needed.has(id),
  }));
  const chosen = await flow.pickMany(items, {
    title: l10n.t('Who is asked?'),
    placeholder: l10n.t('Arrows move, Space chooses, Enter goes on'),
  });
  return chosen?.map(({ id }) => id);
}
