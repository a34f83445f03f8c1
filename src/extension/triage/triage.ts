import { l10n, window } from 'vscode';
import type { Feedback } from '../../core/records/feedback.ts';
import { openFile } from '../records/open-record.ts';
import { personHere } from '../records/people.ts';
import { editOnDisk, undoOnDisk, type WrittenRecord } from '../records/record-writer.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Placed, RecordIndex } from '../workspace/record-index.ts';
import { type KeyedChoice, oneKeyPick } from './one-key-pick.ts';
import { askAssignee, askComponent, askDuplicate, askPriority, askReason } from './triage-questions.ts';
import { triageEdits, type TriageStep } from './triage-step.ts';

type Action = 'read' | 'accept' | 'component' | 'assignee' | 'priority' | 'duplicate' | 'decline' | 'skip' | 'undo';

/** Actions that change the item, each after its own question. */
type Asked = Exclude<Action, 'read' | 'skip' | 'undo'>;

/** Steps that settle an item, so that the next one comes. */
const settling: readonly string[] = ['accept', 'duplicate', 'decline'];

/** One step as it was written, over every item that it touched, and where in the queue it was taken. */
type Taken = { readonly at: number; readonly written: readonly WrittenRecord[] };

/**
 * The keyboard's way through what waits: one item at a time, one key a step, each step at once on disk.
 *
 * @param ids the items in the order in which they come; all of them together where `together` is set
 */
export async function triage(session: FolderSession, ids: readonly string[], together: boolean): Promise<void> {
  const batches = together ? [ids] : ids.map((id) => [id]);
  const taken: Taken[] = [];
  let at = 0;
  while (at < batches.length) {
    const batch = itemsOf(session, batches[at] ?? []);
    if (batch.length === 0) {
      at += 1;
      continue;
    }
    const action = await ask(batch, at, batches.length, taken.length > 0);
    if (action === undefined) break;
    if (action === 'skip') at += 1;
    else if (action === 'read') await openFile({ uri: session.uri(batch[0]?.path ?? '').toString(), keepFocus: true });
    else if (action === 'undo') at = await undo(session, taken, at);
    else at = (await act(session, batch, action, taken, at)) ? at + 1 : at;
  }
  summarise(taken);
}

/** The items as they stand now: a step before, or another program, may have changed them. */
function itemsOf({ state }: FolderSession, ids: readonly string[]): readonly Placed<Feedback>[] {
  if (state.kind !== 'ready') return [];
  return ids.flatMap((id) => state.index.feedback.find((item) => item.id === id) ?? []);
}

async function ask(batch: readonly Placed<Feedback>[], at: number, count: number, undoable: boolean): Promise<Action | undefined> {
  const [item] = batch;
  if (!item) return 'skip';
  const title = batch.length > 1 ? l10n.t('Triage {0} items together', batch.length) : l10n.t('Triage {0}', item.id);
  const answer = await oneKeyPick<Action>(choices(item.value, batch.length > 1, undoable), { title, placeholder: batch.length > 1 ? batch.map(({ id }) => id).join(', ') : l10n.t('One key, or arrows and Enter'), step: at + 1, steps: count, first: 'accept' });
  return answer === 'back' ? 'undo' : answer;
}

function choices(value: Feedback, many: boolean, undoable: boolean): readonly KeyedChoice<Action>[] {
  const { component, category, confidence, reason, by } = value.classification ?? {};
  const sure = confidence === undefined ? '' : l10n.t('{0} % sure', Math.round(confidence * 100));
  const suggestion = [component, category, sure, by && l10n.t('by {0}', by)].filter(Boolean).join(' · ');
  const now = (text: string | undefined): string => (many || !text ? '' : oneLineWithoutIcons(text));
  const priority = value.priority?.impact === undefined ? '' : l10n.t('impact {0}, effort {1}', value.priority.impact, value.priority.effort ?? '–');
  const body = typeof value.body === 'string' ? oneLineWithoutIcons(value.body, 400) : '';
  return [
    ...(many ? [] : [{ key: 'r', label: oneLineWithoutIcons(titleText(value.title)), detail: body, description: l10n.t('open the record'), value: 'read' } as const]),
    { key: 'a', label: l10n.t('Accept'), description: now(suggestion), ...(reason && !many ? { detail: oneLineWithoutIcons(reason) } : {}), value: 'accept' },
    { key: 'c', label: l10n.t('Change component'), description: now(component), value: 'component' },
    { key: 'o', label: l10n.t('Owner'), description: now(value.assignee), value: 'assignee' },
    { key: 'p', label: l10n.t('Priority'), description: now(priority), value: 'priority' },
    { key: 'd', label: l10n.t('Duplicate of…'), value: 'duplicate' },
    { key: 'x', label: l10n.t('Decline'), value: 'decline' },
    { key: 's', label: l10n.t('Skip'), description: many ? '' : statusText(value.status), value: 'skip' },
    ...(undoable ? [{ key: 'u', label: l10n.t('Undo the last step'), value: 'undo' } as const] : []),
  ];
}

/** @returns whether the items are settled */
async function act(session: FolderSession, batch: readonly Placed<Feedback>[], action: Asked, taken: Taken[], at: number): Promise<boolean> {
  const { state } = session;
  if (state.kind !== 'ready' || !state.repository) return false;
  const step = await question(action, state.index, batch);
  if (!step) return false;
  const moment = { at: state.repository.clock.now().toISOString(), by: await personHere(state.repository, state.index) };
  const written: WrittenRecord[] = [];
  // Kept before the first write, so that a step that fails half-way can still be taken back.
  taken.push({ at, written });
  for (const { path, value } of batch) written.push(await editOnDisk(session, path, triageEdits(value, step, moment)));
  await session.refreshNow();
  return settling.includes(action);
}

async function question(action: Asked, index: RecordIndex, batch: readonly Placed<Feedback>[]): Promise<TriageStep | undefined> {
  if (action === 'accept') return { kind: 'accept' };
  if (action === 'component') return askComponent(index);
  if (action === 'assignee') return askAssignee(index);
  if (action === 'priority') return askPriority();
  return action === 'duplicate' ? askDuplicate(index, batch.map(({ id }) => id)) : askReason();
}

/** @returns the place in the queue where the step was taken */
async function undo(session: FolderSession, taken: Taken[], at: number): Promise<number> {
  const last = taken.pop();
  if (!last) return at;
  for (const written of last.written.toReversed()) await undoOnDisk(session, written);
  await session.refreshNow();
  return last.at;
}

function summarise(taken: readonly Taken[]): void {
  const touched = new Set(taken.flatMap(({ written }) => written.map(({ path }) => path))).size;
  if (touched > 0) window.setStatusBarMessage(touched === 1 ? l10n.t('1 item triaged; it is on disk, not committed') : l10n.t('{0} items triaged; they are on disk, not committed', touched), 8000);
}
