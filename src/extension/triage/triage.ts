import { l10n, window } from 'vscode';
import { changeText } from '../../app/change-text.ts';
import { CountersignError } from '../../app/errors.ts';
import { notWritten } from '../../app/triage.ts';
import { classifyFeedback } from '../../core/feedback/classify-feedback.ts';
import { feedbackOf, takeTriageSteps } from '../../core/feedback/take-triage-steps.ts';
import type { TriageMoment, TriageStep } from '../../core/feedback/triage-step.ts';
import type { Feedback } from '../../core/records/feedback.ts';
import type { Triage } from '../../core/records/triage.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import type { KeyedChoice } from '../flow/question.ts';
import { openFile } from '../records/open-record.ts';
import { personHere } from '../records/people.ts';
import { textsHere, undoOnDisk, type WrittenRecord } from '../records/record-writer.ts';
import { statusText } from '../records/record-text.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { Placed } from '../workspace/record-index.ts';
import type { ReadyState } from '../workspace/snapshot.ts';
import { type Action, batchChoices, endChoices, itemChoices } from './triage-choices.ts';
import { type Asked, stepOf } from './triage-questions.ts';

/** Steps that settle an item, so that the next one comes. */
const settling: readonly string[] = ['accept', 'duplicate', 'decline'];

/** One step as it was written, over every item that it touched, and where in the queue it was taken. */
type Taken = { readonly at: number; readonly written: readonly WrittenRecord[] };

/**
 * The keyboard's way through what waits: one item at a time, one key a step, each step at once on disk, in one list from the
 * first question to the last.
 *
 * @param choose the items in the order in which they come, of the records as they are on disk when it begins; all of them together where `together` is set
 * @returns false where there is none, and nothing was asked
 */
export function triage(
  session: FolderSession,
  choose: (index: ReadyState['index']) => readonly string[],
  together: boolean,
): Promise<boolean> {
  return KeyFlow.run(async (flow) => {
    // What was read before may be behind the disk, where somebody pulled or switched branches a moment ago.
    await flow.lookUp(l10n.t('Triage'), session.readNow());
    const ids = choose(stateOf(session).index);
    if (ids.length > 0) await new TriageRun(flow, session, ids, together).run();
    return ids.length > 0 || flow.left;
  });
}

/** The state of a folder in which records are written. @throws CountersignError `record/not-written` in any other */
function stateOf({
  state,
}: FolderSession): ReadyState & { readonly repository: NonNullable<ReadyState['repository']> } {
  if (state.kind !== 'ready' || !state.repository)
    throw new CountersignError(
      'record/not-written',
      l10n.t('nothing is written in this folder'),
      l10n.t('trust the folder, and open it from a disk'),
    );
  return { ...state, repository: state.repository };
}

/** What the person reads above the next question. */
type Note = string | undefined;

class TriageRun {
  readonly #flow: KeyFlow;
  readonly #session: FolderSession;
  readonly #batches: readonly (readonly string[])[];
  readonly #together: boolean;
  readonly #taken: Taken[] = [];
  #at = 0;
  /** Whether what comes next is about something that was not shown yet. */
  #fresh = true;
  #note: Note;

  constructor(flow: KeyFlow, session: FolderSession, ids: readonly string[], together: boolean) {
    this.#flow = flow;
    this.#session = session;
    this.#together = together;
    this.#batches = together ? [ids] : ids.map((id) => [id]);
  }

  async run(): Promise<void> {
    while (!this.#flow.left) {
      const batch = await this.#itemsNow();
      const action =
        this.#at < this.#batches.length ? await this.#ask(batch) : await this.#askEnd();
      this.#note = undefined;
      this.#fresh = false;
      if (action === undefined || action === 'end') break;
      try {
        await this.#do(action, batch);
      } catch (error) {
        if (!(error instanceof CountersignError)) throw error;
        this.#say([error.message, error.fix].filter(Boolean).join(' → '));
      }
    }
    this.#summarise();
  }

  /** The items as they stand at this moment, which is what is shown. What is gone or broken is said and passed over. */
  async #itemsNow(): Promise<readonly Placed<Feedback>[]> {
    const state = this.#state();
    const found: Placed<Feedback>[] = [];
    for (; this.#at < this.#batches.length; this.#next()) {
      for (const id of this.#batches[this.#at] ?? []) {
        const path = state.index.byId.get(id)?.path ?? `.countersign/feedback/${id}.yaml`;
        const text = await textsHere(this.#session).read(path);
        const read = text === null ? null : feedbackOf(path, text);
        if (read?.kind === 'feedback') found.push({ id, path, value: read.value });
        else
          this.#say(
            text === null
              ? l10n.t('{0} is not there any more', id)
              : l10n.t('{0} cannot be read: see the Problems panel', id),
          );
      }
      if (found.length > 0) break;
    }
    return found;
  }

  #ask(batch: readonly Placed<Feedback>[]): Promise<Action | 'back' | undefined> {
    const [item] = batch;
    const undoable = this.#taken.length > 0;
    if (!item || this.#together)
      return this.#keys(batchChoices(undoable), {
        title: l10n.t('Triage {0} items together', batch.length),
        placeholder: batch.map(({ id }) => id).join(', '),
      });
    const rules = this.#rules();
    return this.#keys(
      itemChoices(item.value, rules && classifyFeedback(item.value, rules), undoable),
      {
        title: l10n.t('Triage {0}', item.id),
        placeholder: l10n.t('One key, or arrows and Enter'),
      },
    );
  }

  /** The list stays until it is closed by a key that says so: keys pressed once too often would go to what stands behind. */
  #askEnd(): Promise<Action | 'back' | undefined> {
    this.#fresh = true;
    return this.#keys(endChoices(this.#taken.length > 0), {
      title: l10n.t('Nothing is left to triage here'),
      placeholder: l10n.t('Enter or Escape closes this'),
    });
  }

  #keys(
    choices: readonly KeyedChoice<Action>[],
    ask: { readonly title: string; readonly placeholder: string },
  ): Promise<Action | 'back' | undefined> {
    const counted = this.#at < this.#batches.length;
    return this.#flow.keys<Action>(choices, {
      ...ask,
      step: counted ? this.#at + 1 : undefined,
      steps: counted ? this.#batches.length : undefined,
      note: this.#note,
      fresh: this.#fresh,
    });
  }

  async #do(action: Action | 'back', batch: readonly Placed<Feedback>[]): Promise<void> {
    const [item] = batch;
    if (action === 'skip') this.#next();
    else if (action === 'undo' || action === 'back') await this.#flow.busy(this.#undo());
    else if (action === 'read' && item)
      await openFile({ uri: this.#session.uri(item.path).toString(), keepFocus: true });
    else if (action !== 'read' && action !== 'end') await this.#act(batch, action);
  }

  async #act(batch: readonly Placed<Feedback>[], action: Asked): Promise<void> {
    const { index } = this.#state();
    const own = batch.map(({ id }) => id);
    const step = await stepOf(this.#flow, action, index, own);
    // Who left in the middle of a question has not answered it.
    if (!step || this.#flow.left) return;
    await this.#flow.busy(this.#write(batch, step));
  }

  async #write(batch: readonly Placed<Feedback>[], step: TriageStep): Promise<void> {
    const { repository, index } = this.#state();
    const moment = {
      at: repository.clock.now().toISOString(),
      by: await personHere(repository, index),
    };
    const moved: string[] = [];
    const left: string[] = [];
    const written: WrittenRecord[] = [];
    // Kept before the first write, so that a step that fails half-way can still be taken back.
    const taken = { at: this.#at, written };
    this.#taken.push(taken);
    try {
      for (const item of batch) {
        const done = await this.#writeOne(item, step, moment);
        if (done === 'moved') moved.push(item.id);
        else if (done === 'left')
          left.push(`${item.id} (${statusText(item.value.status).toLowerCase()})`);
        else if (done.before !== done.after) written.push({ path: item.path, ...done });
      }
    } finally {
      if (written.length === 0) this.#taken.splice(this.#taken.indexOf(taken), 1);
    }
    void this.#session.readNow();
    if (left.length > 0)
      this.#say(l10n.t('Left as they are, since they were settled: {0}', left.join(', ')));
    if (moved.length > 0) {
      this.#say(
        l10n.t('Not written, since it was changed by another meanwhile: {0}', moved.join(', ')),
      );
      this.#fresh = true;
    } else if (settling.includes(step.kind)) this.#next();
  }

  /** Takes a step over an item as it stands, where it still is what was shown. */
  async #writeOne(
    { path, value: shown }: Placed<Feedback>,
    step: TriageStep,
    moment: TriageMoment,
  ): Promise<'moved' | 'left' | { readonly before: string; readonly after: string }> {
    let apart: 'moved' | 'left' | null = null;
    const terms = { moment, rules: this.#rules(), together: this.#together };
    const done = await changeText(textsHere(this.#session), path, (text) => {
      const read = feedbackOf(path, text);
      const same = read.kind === 'feedback' && JSON.stringify(read.value) === JSON.stringify(shown);
      const taken = same ? takeTriageSteps({ path, text }, [step], terms) : null;
      if (taken?.kind === 'broken') throw notWritten(path, taken.finding);
      const left = taken?.kind === 'left' ? 'left' : null;
      apart = taken === null ? 'moved' : left;
      return taken?.kind === 'triaged' ? taken.text : text;
    });
    return apart ?? done;
  }

  async #undo(): Promise<void> {
    const last = this.#taken.pop();
    if (!last) return;
    this.#fresh = true;
    for (const written of last.written.toReversed()) await undoOnDisk(this.#session, written);
    void this.#session.readNow();
    this.#at = last.at;
  }

  #next(): void {
    this.#at += 1;
    this.#fresh = true;
  }

  #say(words: string): void {
    this.#note = this.#note === undefined ? words : `${this.#note} · ${words}`;
  }

  #state(): ReturnType<typeof stateOf> {
    return stateOf(this.#session);
  }

  /** The rules of `triage.yaml`; null where there are none, or they cannot be read. */
  #rules(): Triage | null {
    const rules = this.#state().index.byPath.get('.countersign/triage.yaml');
    return rules?.kind === 'triage' ? rules.value : null;
  }

  #summarise(): void {
    const paths = this.#taken.flatMap(({ written }) => written.map(({ path }) => path));
    const touched = new Set(paths).size;
    if (touched > 0)
      window.setStatusBarMessage(
        touched === 1
          ? l10n.t('1 item triaged; it is on disk, not committed')
          : l10n.t('{0} items triaged; they are on disk, not committed', touched),
        8000,
      );
  }
}
