/** A choice that a single key makes; a row without a key is read, or chosen by arrows and Enter. */
export type KeyedChoice<Value> = {
  readonly key?: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly value: Value;
};

export type Ask = {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: number | undefined;
  readonly steps?: number | undefined;
  /** Whether one can go back: the answer is then `back`. */
  readonly back?: boolean | undefined;
  /** Said above everything else: what became of the last step, or why it is asked again. */
  readonly note?: string | undefined;
  /** Whether it is about something else than the question before: keys that were pressed for that one are then of no use. */
  readonly fresh?: boolean | undefined;
};

/** What a question does with what the person does. */
export type Listener = {
  readonly typed: () => void;
  readonly accepted: () => void;
  readonly back: () => void;
  readonly left: () => void;
};

/** Begins to listen; `resolve` gives the answer. */
export type Listen<Value> = (resolve: (value: Value | undefined) => void) => Omit<Listener, 'left'>;
