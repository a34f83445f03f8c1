import {
  commands,
  type Disposable,
  l10n,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import { openFile, type OpenArguments } from '../records/open-record.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import { flowHolds } from './flow-holds.ts';
import { flowPicker, keyRows, noted, type Row } from './flow-picker.ts';
import type { Ask, KeyedChoice, Listen, Listener } from './question.ts';
import { QuestionSwap } from './question-swap.ts';
import { TypedKeys } from './typed-keys.ts';

/**
 * Questions one after another in one list, which has the focus from the first to the last: no key reaches what stands behind,
 * however long it takes to write in between. Keys are taken in the order in which they were pressed. One that was pressed for
 * a question counts for the next of the same matter, and never for another matter that was not shown yet.
 *
 * Every answer is undefined once the person has left.
 */
export class KeyFlow implements Disposable {
  #picker = this.#newPicker();
  #typed = new TypedKeys();
  #listener: Listener | null = null;
  #note: Row | null = null;
  /** Enter, pressed before the question takes answers: while it stood there, or one before. */
  #entered: 'ahead' | 'here' | null = null;
  #swap = new QuestionSwap(false, false);
  #begun = false;
  #left = false;

  /** Runs questions, and closes the list after the last. */
  static async run<Value>(work: (flow: KeyFlow) => Promise<Value>): Promise<Value> {
    const flow = new KeyFlow();
    try {
      return await work(flow);
    } finally {
      flow.dispose();
    }
  }

  private constructor() {
    flowHolds.add(this);
  }

  /** A list whose news counts for as long as it is the one of this flow. */
  #newPicker(): QuickPick<Row> {
    return flowPicker((picker) => picker === this.#picker, {
      changed: (value) => {
        this.#typed.heard(value);
        if (value === '') this.#swap.emptied();
        this.#look();
        this.#listener?.typed();
      },
      marked: (rows, all) => {
        if (rows.some((row) => all.includes(row))) this.#swap.listed();
        this.#look();
      },
      accepted: () => {
        if (this.#listener) this.#listener.accepted();
        else this.#entered = this.#swap.done ? 'here' : 'ahead';
      },
      back: () => this.#listener?.back(),
      hidden: () => {
        this.#left = true;
        flowHolds.delete(this);
        this.#listener?.left();
      },
    });
  }

  /** Who marks rows leaves the field for them, and nothing but a list that opens has the focus in its field. */
  async #openAnew(): Promise<void> {
    await this.#shown();
    if (this.#left) return;
    const before = this.#picker;
    this.#picker = this.#newPicker();
    this.#typed = new TypedKeys();
    this.#begun = false;
    this.#picker.show();
    before.dispose();
  }

  /** Whether the person left, or something else took the list's place. */
  get left(): boolean {
    return this.#left;
  }

  /** Asks for one of some choices: its key alone, or arrows and Enter. */
  async keys<Value>(
    choices: readonly KeyedChoice<Value>[],
    ask: Ask,
  ): Promise<Value | 'back' | undefined> {
    await this.#show(keyRows(choices), ask, false);
    return this.#answer<Value | 'back'>((resolve) => {
      const typed = (): void => {
        for (let key = this.#typed.next(); key !== undefined; key = this.#typed.next()) {
          const choice = choices.find((candidate) => candidate.key === key?.toLowerCase());
          if (choice) return resolve(choice.value);
        }
        if (this.#picker.value !== '') this.#picker.value = this.#typed.write('');
      };
      const accepted = (): void => {
        const [row] = this.#picker.activeItems;
        if (row && 'value' in row) resolve(row.value as Value);
      };
      typed();
      if (this.#entered === 'here') accepted();
      return { typed, accepted, back: () => resolve('back') };
    });
  }

  /** Asks for one of some rows, found by what is typed. @param ask `fresh` the row for words that no row has, where those are an answer too */
  async pick<Item extends QuickPickItem>(
    items: readonly Item[],
    ask: Ask & { readonly typed?: (words: string) => Item },
  ): Promise<Item | undefined> {
    const rows = (words: string): readonly Item[] =>
      ask.typed && words !== '' && !items.some(({ label }) => label === words)
        ? [...items, ask.typed(words)]
        : items;
    await this.#show(items, ask, false);
    await this.#carryWords();
    return this.#answerInWords<Item>((resolve) => {
      const typed = (): void => {
        if (ask.typed) this.#picker.items = noted(this.#note, rows(this.#picker.value.trim()));
      };
      const accepted = (): void => {
        const [row] = this.#picker.activeItems;
        const words = this.#picker.value.trim();
        if (row && row !== this.#note) resolve(row as Item);
        else if (!row && words !== '' && ask.typed) resolve(ask.typed(words));
      };
      typed();
      // Who had not seen what there is to choose from has not chosen.
      if (this.#entered === 'here') accepted();
      return { typed, accepted, back: () => resolve(undefined) };
    });
  }

  /** Asks for any of some rows; those that are `picked` are chosen already. */
  async pickMany<Item extends QuickPickItem>(
    items: readonly Item[],
    ask: Ask,
  ): Promise<readonly Item[] | undefined> {
    await this.#show(items, ask, true);
    this.#typed.drop();
    return this.#answerInWords<readonly Item[]>((resolve) => ({
      typed: () => {},
      accepted: () => resolve(this.#picker.selectedItems as readonly QuickPickItem[] as Item[]),
      back: () => resolve(undefined),
    }));
  }

  /**
   * Asks for words.
   *
   * @param ask `begun` words that stand there, to be gone on with; `suggested` what Enter takes while nothing is typed; `wrong` says what is wrong with words that are no answer
   */
  async text(
    ask: Ask & {
      readonly begun?: string | undefined;
      readonly suggested?: string | undefined;
      readonly wrong?: ((words: string) => string | undefined) | undefined;
    },
  ): Promise<string | undefined> {
    const { suggested } = ask;
    const takes = l10n.t('Enter takes this; type to say it otherwise');
    const hint = (label: string): readonly Row[] => [{ label, alwaysShow: true }];
    const rows = (): readonly Row[] => [
      // First, since it has the mark: who types sees it go, and never has words added to it.
      ...(suggested && this.#picker.value === ''
        ? [{ label: oneLineWithoutIcons(suggested), description: takes, alwaysShow: true }]
        : []),
      ...hint(ask.placeholder),
    ];
    await this.#show(rows(), ask, false);
    await this.#carryWords(ask.begun);
    return this.#answerInWords<string>((resolve) => {
      const typed = (): void => {
        this.#picker.items = noted(this.#note, rows());
      };
      const accepted = (): void => {
        const words = this.#picker.value === '' ? (suggested ?? '') : this.#picker.value;
        const wrong = ask.wrong?.(words);
        if (wrong === undefined) resolve(words);
        else this.#picker.items = noted(this.#note, hint(`$(error) ${wrong}`));
      };
      typed();
      // Who had not seen what is suggested has not taken it.
      const unseen = this.#entered === 'ahead' && suggested && this.#picker.value === '';
      if (this.#entered !== null && !unseen) accepted();
      return { typed, accepted, back: () => resolve(undefined) };
    });
  }

  /** Looks up what the first question is about, under its title: the list has the focus meanwhile. */
  async lookUp<Value>(title: string, work: Promise<Value>): Promise<Value> {
    this.#picker.title = title;
    this.#picker.busy = true;
    const [found] = await Promise.all([work, this.#shown()]);
    return found;
  }

  /** Does some work while the list stays, and takes no key for anything. */
  async busy<Value>(work: Promise<Value>): Promise<Value> {
    this.#picker.busy = true;
    return work;
  }

  /**
   * Opens a file as the end of it all. It is brought to the front while the list has the focus, and gets the focus from the
   * list itself: where the person went on to something else meanwhile, it gets none.
   */
  async open(target: OpenArguments): Promise<void> {
    await openFile({ ...target, keepFocus: true });
    if (!this.#left) await openFile(target, this);
    this.dispose();
  }

  dispose(): void {
    flowHolds.delete(this);
    this.#picker.dispose();
  }

  /** Puts a question in the place of the one before; resolves when it stands there and all keys that were pressed before are told. */
  async #show(rows: readonly Row[], ask: Ask, many: boolean): Promise<void> {
    this.#entered = null;
    if (this.#left) return ask.fresh ? this.#typed.drop() : undefined;
    if (this.#picker.canSelectMany) await this.#openAnew();
    const picker = this.#picker;
    this.#swap = new QuestionSwap(this.#typed.field !== '', ask.fresh ?? false);
    // Emptied first: rows that do not fit what was typed before would be put in hidden, and without a mark.
    picker.value = this.#typed.write('');
    picker.title = ask.title;
    picker.placeholder = ask.placeholder;
    picker.step = ask.step;
    picker.totalSteps = ask.steps;
    picker.buttons = ask.back ? [QuickInputButtons.Back] : [];
    picker.canSelectMany = many;
    this.#note = ask.note === undefined ? null : { label: `$(info) ${ask.note}`, alwaysShow: true };
    picker.items = noted(this.#note, rows);
    const [first] = rows;
    if (first && ask.note !== undefined && !many) picker.activeItems = [first];
    if (many) picker.selectedItems = rows.filter(({ picked }) => picked);
    await this.#shown();
    this.#swap.answered();
    this.#look();
    picker.busy = false;
  }

  /** Forgets what was pressed for another matter, at the moment from which it is one for this. */
  #look(): void {
    if (!this.#swap.forgets()) return;
    this.#typed.drop();
    this.#entered = null;
  }

  /** What was typed ahead belongs to a question that takes words. */
  async #carryWords(before = ''): Promise<void> {
    const wanted = (): string => before + this.#typed.keys;
    while (!this.#left && this.#typed.settle() !== wanted()) {
      this.#picker.value = this.#typed.write(wanted());
      await this.#shown();
    }
    this.#typed.drop();
  }

  /**
   * News of keys comes in order: when the window has answered, all of those before were told, and it shows what it was given.
   * The list is shown once: shown again, it would come back to whoever has just left it for something else. What is set later
   * is on its way once the timers of now have run.
   */
  async #shown(): Promise<void> {
    if (this.#left) return;
    if (this.#begun) await new Promise((done) => setTimeout(done, 0));
    else this.#picker.show();
    this.#begun = true;
    await commands.executeCommand('setContext', 'countersign.flow', true);
    this.#typed.settle();
  }

  /** What was typed by then was the answer; nothing of it is a key for what comes next. */
  async #answerInWords<Value>(listen: Listen<Value>): Promise<Value | undefined> {
    try {
      return await this.#answer(listen);
    } finally {
      this.#typed.drop();
    }
  }

  async #answer<Value>(listen: Listen<Value>): Promise<Value | undefined> {
    try {
      return await new Promise<Value | undefined>((resolve) => {
        let done = false;
        const once = (value: Value | undefined): void => {
          done = true;
          this.#listener = null;
          resolve(value);
        };
        const listener = listen(once);
        if (done) return;
        // What was answered before the person left is an answer.
        if (this.#left) once(undefined);
        else this.#listener = { ...listener, left: () => once(undefined) };
      });
    } finally {
      this.#listener = null;
      this.#picker.busy = true;
    }
  }
}
