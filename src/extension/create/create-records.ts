import { l10n, type QuickPickItem, window } from 'vscode';
import { createRecord, type Setting } from '../../app/new.ts';
import type { Repository } from '../../app/repository.ts';
import { personHere } from '../records/people.ts';
import { openFile } from '../records/open-record.ts';
import { riskText, statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import { oneKeyPick } from '../triage/one-key-pick.ts';
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
export async function newFeedback(place: Place): Promise<void> {
  const title = await askTitle(
    l10n.t('New feedback'),
    l10n.t('In one line: what did a person say about the model?'),
  );
  if (title === undefined) return;
  const channels = ['issue', 'survey', 'review', 'transcript', 'log', 'annotation', 'monitor'];
  const chosen = await window.showQuickPick(
    channels.map((label): QuickPickItem => ({ label })),
    { title: l10n.t('Where did it come from?') },
  );
  if (!chosen) return;
  await create(place, 'feedback', title, [
    { key: 'channel', value: chosen.label },
    { key: 'received_at', value: place.repository.clock.now().toISOString() },
  ]);
}

/** Drafts a decision, from feedback where some is given: a proposal, which nothing is decided by. */
export async function newDecision(place: Place, feedback: readonly string[]): Promise<void> {
  const first =
    feedback[0] === undefined
      ? undefined
      : place.index.feedback.find(({ id }) => id === feedback[0]);
  const title = await askTitle(
    l10n.t('Draft a decision'),
    l10n.t('In one line: what is to be changed in the model?'),
    first ? titleText(first.value.title) : '',
  );
  if (title === undefined) return;
  const risk = await askRisk();
  if (risk === undefined || risk === 'back') return;
  const owner = await personHere(place.repository, place.index);
  await create(place, 'decision', title, [
    { key: 'status', value: 'proposed' },
    { key: 'risk', value: risk },
    ...(owner === undefined ? [] : [{ key: 'owner', value: owner }]),
    ...(feedback.length === 0
      ? []
      : [{ key: 'feedback', value: feedback }, ...fromFeedback(place.index, feedback)]),
  ]);
}

/** Asks which feedback a decision is to answer: what waits first, and nothing that was settled without one. */
export async function pickFeedback(place: Place): Promise<readonly string[] | undefined> {
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
  const chosen = await window.showQuickPick(items, {
    canPickMany: true,
    title: l10n.t('Decide on which feedback?'),
    placeHolder: l10n.t('Arrows move, Space chooses, Enter goes on'),
    matchOnDescription: true,
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
  { session, repository }: Place,
  kind: 'feedback' | 'decision',
  title: string,
  settings: readonly Setting[],
): Promise<void> {
  const { path } = await createRecord(repository, kind, title, settings);
  await session.readNow();
  await openFile({ uri: session.uri(path).toString() });
}

function askTitle(title: string, prompt: string, value = ''): Thenable<string | undefined> {
  const validateInput = (text: string): string | undefined =>
    text.trim() === '' ? l10n.t('A record needs a title') : undefined;
  return window.showInputBox({ title, prompt, value, validateInput }).then((text) => text?.trim());
}

function askRisk(): Promise<'low' | 'medium' | 'high' | 'critical' | 'back' | undefined> {
  const keys = { low: 'l', medium: 'm', high: 'h', critical: 'c' } as const;
  const choices = (['low', 'medium', 'high', 'critical'] as const).map((risk) => ({
    key: keys[risk],
    label: riskText(risk),
    value: risk,
  }));
  return oneKeyPick(choices, {
    title: l10n.t('How much harm could a wrong change do?'),
    placeholder: l10n.t('Oversight grows with the risk'),
  });
}
