import {
  type QuickInputButton,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  window,
} from 'vscode';
import type { KeyedChoice } from './question.ts';

/** A row of the list, and the answer that it stands for. */
export type Row = QuickPickItem & { readonly value?: unknown };

/** What a flow is told of its list: what stands in the field, which rows are marked, and what the person does. */
export type PickerNews = {
  readonly changed: (value: string) => void;
  readonly marked: (rows: readonly Row[], all: readonly Row[]) => void;
  readonly accepted: () => void;
  readonly back: () => void;
  readonly hidden: () => void;
};

/** A list whose news counts for as long as it is the one of its flow. */
export function flowPicker(
  isOurs: (picker: QuickPick<Row>) => boolean,
  news: PickerNews,
): QuickPick<Row> {
  const picker = window.createQuickPick<Row>();
  const ifOurs =
    <News extends readonly unknown[]>(hear: (...told: News) => void) =>
    (...told: News): void => {
      if (isOurs(picker)) hear(...told);
    };
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.onDidChangeValue(ifOurs(news.changed));
  picker.onDidChangeActive(ifOurs((rows: readonly Row[]) => news.marked(rows, picker.items)));
  picker.onDidAccept(ifOurs(news.accepted));
  picker.onDidTriggerButton(
    ifOurs((button: QuickInputButton) => {
      if (button === QuickInputButtons.Back) news.back();
    }),
  );
  picker.onDidHide(ifOurs(news.hidden));
  return picker;
}

/** Rows of choices by key. Every row stays in view whatever is typed: what is typed is a key, not a search. */
export function keyRows<Value>(choices: readonly KeyedChoice<Value>[]): readonly Row[] {
  return choices.map(({ key, label, description, detail, value }) => ({
    label: key === undefined ? label : `[${key.toUpperCase()}] ${label}`,
    ...(description ? { description } : {}),
    ...(detail ? { detail } : {}),
    alwaysShow: true,
    value,
  }));
}

/** The rows below a note, where there is one. */
export function noted(note: Row | null, rows: readonly Row[]): readonly Row[] {
  return note === null ? rows : [note, { label: '', kind: QuickPickItemKind.Separator }, ...rows];
}
