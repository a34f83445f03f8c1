import { l10n, window } from 'vscode';
import { classifyFeedback, type Suggestion } from '../../core/feedback/classify-feedback.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import { openFile } from '../records/open-record.ts';
import { personHere } from '../records/people.ts';
import { editOnDisk, undoOnDisk, type WrittenRecord } from '../records/record-writer.ts';
import { statusText, titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Placed, RecordIndex } from '../workspace/record-index.ts';
import { type KeyedChoice, oneKeyPick } from './one-key-pick.ts';
import {
  askAssignee,
  askComponent,
  askDuplicate,
  askPriority,
  askReason,
} from './triage-questions.ts';
import { triageEdits, type TriageStep } from '../../core/feedback/triage-step.ts';

type Action =
  | 'read'
  | 'accept'
  | 'component'
  | 'assignee'
  | 'priority'
  | 'duplicate'
  | 'decline'
  | 'skip'
  | 'undo';

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
export async function triage(
  session: FolderSession,
  ids: readonly string[],
  together: boolean,
): Promise<void> {
  const batches = together ? [ids] : ids.map((id) => [id]);
  const taken: Taken[] = [];
  let at = 0;
  while (at < batches.length) {
    const batch = itemsOf(session, batches[at] ?? []);
    if (batch.length === 0) {
      at += 1;
      continue;
    }
    const action = await ask(session, batch, {
      at,
      count: batches.length,
      undoable: taken.length > 0,
    });
    if (action === undefined) break;
    if (action === 'skip') at += 1;
    else if (action === 'read')
      await openFile({ uri: session.uri(batch[0]?.path ?? '').toString(), keepFocus: true });
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

type Place = { readonly at: number; readonly count: number; readonly undoable: boolean };

async function ask(
  session: FolderSession,
  batch: readonly Placed<Feedback>[],
  { at, count, undoable }: Place,
): Promise<Action | undefined> {
  const [item] = batch;
  if (!item) return 'skip';
  const many = batch.length > 1;
  const title = many
    ? l10n.t('Triage {0} items together', batch.length)
    : l10n.t('Triage {0}', item.id);
  const choices = many
    ? [...steps(null, null), ...undoChoice(undoable)]
    : [
        readChoice(item.value),
        ...steps(item.value, suggested(session, item.value)),
        ...undoChoice(undoable),
      ];
  const answer = await oneKeyPick<Action>(choices, {
    title,
    placeholder: many
      ? batch.map(({ id }) => id).join(', ')
      : l10n.t('One key, or arrows and Enter'),
    step: at + 1,
    steps: count,
    first: 'accept',
  });
  return answer === 'back' ? 'undo' : answer;
}

/** What the rules of `triage.yaml` make of an item; null where they are silent or cannot be read. */
function suggested({ state }: FolderSession, value: Feedback): Suggestion | null {
  const rules =
    state.kind === 'ready' ? state.index.byPath.get('.countersign/triage.yaml') : undefined;
  return rules?.kind === 'triage' ? classifyFeedback(value, rules.value) : null;
}

function readChoice(value: Feedback): KeyedChoice<Action> {
  const body = typeof value.body === 'string' ? oneLineWithoutIcons(value.body, 400) : '';
  return {
    key: 'r',
    label: oneLineWithoutIcons(titleText(value.title)),
    detail: body,
    description: l10n.t('open the record'),
    value: 'read',
  };
}

function undoChoice(undoable: boolean): readonly KeyedChoice<Action>[] {
  return undoable ? [{ key: 'u', label: l10n.t('Undo the last step'), value: 'undo' }] : [];
}

/** One key a step. @param value the item as it stands; null for several together, of which each has its own */
function steps(
  value: Feedback | null,
  suggestion: Suggestion | null,
): readonly KeyedChoice<Action>[] {
  const priority =
    value?.priority?.impact === undefined
      ? ''
      : l10n.t('impact {0}, effort {1}', value.priority.impact, value.priority.effort ?? '–');
  return [
    { key: 'a', label: l10n.t('Accept'), ...acceptText(value, suggestion), value: 'accept' },
    {
      key: 'c',
      label: l10n.t('Change component'),
      description: now(value?.classification?.component),
      value: 'component',
    },
    { key: 'o', label: l10n.t('Owner'), description: now(value?.assignee), value: 'assignee' },
    { key: 'p', label: l10n.t('Priority'), description: priority, value: 'priority' },
    { key: 'd', label: l10n.t('Duplicate of…'), value: 'duplicate' },
    { key: 'x', label: l10n.t('Decline'), value: 'decline' },
    {
      key: 's',
      label: l10n.t('Skip'),
      description: value ? l10n.t('stays {0}', statusText(value.status).toLowerCase()) : '',
      value: 'skip',
    },
  ];
}

function now(text: string | undefined): string {
  return text ? oneLineWithoutIcons(text) : '';
}

/** What would be accepted: what the item says already, else what a rule proposes, with its reason. */
function acceptText(
  value: Feedback | null,
  suggestion: Suggestion | null,
): { readonly description?: string; readonly detail?: string } {
  if (!value) return { description: l10n.t('each as its rule proposes') };
  const own = value.classification;
  const { component, category, confidence, reason } = own ?? suggestion ?? {};
  const owner = value.assignee ?? suggestion?.assignee;
  const sure = confidence === undefined ? '' : l10n.t('{0} % sure', Math.round(confidence * 100));
  const by = own
    ? own.by && l10n.t('by {0}', own.by)
    : suggestion && l10n.t('by rule {0}', suggestion.rule);
  const description = [component, category, owner && `@${owner}`, sure, by]
    .filter(Boolean)
    .join(' · ');
  const doubt =
    !own && suggestion?.ambiguous
      ? l10n.t('unsure, so look yourself: {0}', suggestion.reason)
      : reason;
  return {
    description: description === '' ? l10n.t('no rule says anything of it') : now(description),
    ...(doubt ? { detail: now(doubt) } : {}),
  };
}

/** @returns whether the items are settled */
async function act(
  session: FolderSession,
  batch: readonly Placed<Feedback>[],
  action: Asked,
  taken: Taken[],
  at: number,
): Promise<boolean> {
  const { state } = session;
  if (state.kind !== 'ready' || !state.repository) return false;
  const step = await question(action, state.index, batch);
  if (!step) return false;
  const moment = {
    at: state.repository.clock.now().toISOString(),
    by: await personHere(state.repository, state.index),
  };
  const written: WrittenRecord[] = [];
  // Kept before the first write, so that a step that fails half-way can still be taken back.
  taken.push({ at, written });
  for (const { path, value } of batch)
    written.push(
      await editOnDisk(
        session,
        path,
        triageEdits(value, withSuggestion(session, value, step), moment),
      ),
    );
  await session.readNow();
  await viewsFilled();
  return settling.includes(action);
}

/**
 * Until the views show what was read anew: a tree that has the focus while no question is there takes it back when it is
 * filled, and the next question, shown in the same moment, would get no key.
 */
function viewsFilled(): Promise<void> {
  return new Promise((done) => setTimeout(done, 150));
}

function withSuggestion(session: FolderSession, value: Feedback, step: TriageStep): TriageStep {
  return step.kind === 'accept'
    ? { ...step, suggestion: suggested(session, value) ?? undefined }
    : step;
}

async function question(
  action: Asked,
  index: RecordIndex,
  batch: readonly Placed<Feedback>[],
): Promise<TriageStep | undefined> {
  if (action === 'accept') return { kind: 'accept' };
  if (action === 'component') return askComponent(index);
  if (action === 'assignee') return askAssignee(index);
  if (action === 'priority') return askPriority();
  return action === 'duplicate'
    ? askDuplicate(
        index,
        batch.map(({ id }) => id),
      )
    : askReason();
}

/** @returns the place in the queue where the step was taken */
async function undo(session: FolderSession, taken: Taken[], at: number): Promise<number> {
  const last = taken.pop();
  if (!last) return at;
  for (const written of last.written.toReversed()) await undoOnDisk(session, written);
  await session.readNow();
  return last.at;
}

function summarise(taken: readonly Taken[]): void {
  const touched = new Set(taken.flatMap(({ written }) => written.map(({ path }) => path))).size;
  if (touched > 0)
    window.setStatusBarMessage(
      touched === 1
        ? l10n.t('1 item triaged; it is on disk, not committed')
        : l10n.t('{0} items triaged; they are on disk, not committed', touched),
      8000,
    );
}
