import { l10n, type QuickPickItem, window } from 'vscode';
import { createRecord, type Setting } from '../../app/new.ts';
import type { Repository } from '../../app/repository.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { personHere } from '../records/people.ts';
import { riskText, statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { RecordIndex } from '../workspace/record-index.ts';

type Place = {
  readonly session: FolderSession;
  readonly repository: Repository;
  readonly index: RecordIndex;
};

/** A session in which records can be written, or null after a word to the person. */
export function writable(session: FolderSession | undefined): Place | null {
  const state = session?.state;
  if (session && state?.kind === 'ready' && state.repository)
    return { session, repository: state.repository, index: state.index };
  void window.showInformationMessage(
    l10n.t('Records are written in a trusted folder on disk that has a .countersign folder.'),
  );
  return null;
}

/** Asks for a title and a channel, and writes one new feedback item. */
export function newFeedback(place: Place): Promise<void> {
  return KeyFlow.run(async (flow) => {
    const title = await askTitle(
      flow,
      l10n.t('New feedback'),
      l10n.t('In one line: what did a person say about the model?'),
    );
    if (title === undefined) return;
    const channels = ['issue', 'survey', 'review', 'transcript', 'log', 'annotation', 'monitor'];
    const chosen = await flow.pick(
      channels.map((label): QuickPickItem => ({ label })),
      {
        title: l10n.t('Where did it come from?'),
        placeholder: l10n.t('Arrows and Enter, or letters of the channel'),
      },
    );
    if (!chosen) return;
    await create(flow, place, { kind: 'feedback', title }, [
      { key: 'channel', value: chosen.label },
      { key: 'received_at', value: place.repository.clock.now().toISOString() },
    ]);
  });
}

/**
 * Drafts a decision: a proposal, which nothing is decided by.
 *
 * @param chosen the feedback that it answers; null where the person is asked which
 */
export function newDecision(place: Place, chosen: readonly string[] | null): Promise<void> {
  return KeyFlow.run(async (flow) => {
    const feedback = chosen ?? (await pickFeedback(flow, place));
    if (feedback) await draft(flow, place, feedback);
  });
}

async function draft(flow: KeyFlow, place: Place, feedback: readonly string[]): Promise<void> {
  const first =
    feedback[0] === undefined
      ? undefined
      : place.index.feedback.find(({ id }) => id === feedback[0]);
  const title = await askTitle(
    flow,
    l10n.t('Draft a decision'),
    l10n.t('In one line: what is to be changed in the model?'),
    first && titleText(first.value.title),
  );
  if (title === undefined) return;
  const risk = await askRisk(flow);
  if (risk === undefined || risk === 'back') return;
  const owner = await personHere(place.repository, place.index);
  await create(flow, place, { kind: 'decision', title }, [
    { key: 'status', value: 'proposed' },
    { key: 'risk', value: risk },
    ...(owner === undefined ? [] : [{ key: 'owner', value: owner }]),
    ...(feedback.length === 0
      ? []
      : [{ key: 'feedback', value: feedback }, ...fromFeedback(place.index, feedback)]),
  ]);
}

/** Asks which feedback a decision is to answer: what waits first, and nothing that was settled without one. */
async function pickFeedback(flow: KeyFlow, place: Place): Promise<readonly string[] | undefined> {
  const open = place.index.feedback.filter(
    ({ value }) => value.status !== 'declined' && value.status !== 'duplicate',
  );
  const rank = (status: string): number => ['new', 'triaged'].indexOf(status) >>> 0;
  const items = open
    .toSorted(
      (a, b) =>
        rank(a.value.status) - rank(b.value.status) ||
        (b.value.received_at ?? '').localeCompare(a.value.received_at ?? ''),
    )
    .map(({ id, value }): QuickPickItem & { id: string } => ({
      id,
      label: oneLineWithoutIcons(titleText(value.title)),
      description: `${id} · ${statusText(value.status)}`,
    }));
  const chosen = await flow.pickMany(items, {
    title: l10n.t('Decide on which feedback?'),
    placeholder: l10n.t('Arrows move, Space chooses, Enter goes on'),
  });
  return chosen?.map(({ id }) => id);
}

/** Lines, slices and targets that the feedback names are where the decision will have to look, and what it will be held to. */
function fromFeedback(index: RecordIndex, ids: readonly string[]): readonly Setting[] {
  const items = index.feedback.filter(({ id }) => ids.includes(id));
  const code = distinct(items.flatMap(({ value }) => value.trail?.code ?? []));
  const slices = distinct(items.flatMap(({ value }) => value.trail?.slices ?? []));
  const targets = distinct(items.flatMap(({ value }) => value.targets ?? []));
  const trail = { ...(code.length > 0 ? { code } : {}), ...(slices.length > 0 ? { slices } : {}) };
  return [
    ...(Object.keys(trail).length > 0 ? [{ key: 'trail', value: trail }] : []),
    ...(targets.length > 0 ? [{ key: 'targets', value: targets }] : []),
  ];
}

/** Each once, by what it says. */
function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

async function create(
  flow: KeyFlow,
  { session, repository }: Place,
  { kind, title }: { readonly kind: 'feedback' | 'decision'; readonly title: string },
  settings: readonly Setting[],
): Promise<void> {
  const { path } = await flow.busy(createRecord(repository, kind, title, settings));
  await session.readNow();
  await flow.open({ uri: session.uri(path).toString() });
}

async function askTitle(
  flow: KeyFlow,
  title: string,
  placeholder: string,
  suggested?: string,
): Promise<string | undefined> {
  const wrong = (text: string): string | undefined =>
    text.trim() === '' ? l10n.t('A record needs a title') : undefined;
  return (await flow.text({ title, placeholder, suggested, wrong }))?.trim();
}

function askRisk(
  flow: KeyFlow,
): Promise<'low' | 'medium' | 'high' | 'critical' | 'back' | undefined> {
  const keys = { low: 'l', medium: 'm', high: 'h', critical: 'c' } as const;
  const choices = (['low', 'medium', 'high', 'critical'] as const).map((risk) => ({
    key: keys[risk],
    label: riskText(risk),
    value: risk,
  }));
  return flow.keys(choices, {
    title: l10n.t('How much harm could a wrong change do?'),
    placeholder: l10n.t('Oversight grows with the risk'),
    fresh: true,
  });
}
