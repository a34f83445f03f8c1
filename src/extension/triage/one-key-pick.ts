import { QuickInputButtons, type QuickPickItem, window } from 'vscode';

/** A choice that a single key makes. */
export type KeyedChoice<Value> = {
  readonly key: string;
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly value: Value;
};

type Ask = {
  readonly title: string;
  readonly placeholder: string;
  readonly step?: number;
  readonly steps?: number;
  readonly back?: boolean;
};

/**
 * Asks for one of some choices: its key alone, or arrows and Enter. Never closes because the focus moved.
 *
 * @returns the value, `back` where the person went back, undefined where they left
 */
export function oneKeyPick<Value>(
  choices: readonly KeyedChoice<Value>[],
  ask: Ask & { readonly first?: Value },
): Promise<Value | 'back' | undefined> {
  const picker = window.createQuickPick<QuickPickItem & { readonly value: Value }>();
  picker.title = ask.title;
  picker.placeholder = ask.placeholder;
  picker.ignoreFocusOut = true;
  if (ask.step !== undefined) picker.step = ask.step;
  if (ask.steps !== undefined) picker.totalSteps = ask.steps;
  if (ask.back) picker.buttons = [QuickInputButtons.Back];
  // Every row stays in view whatever is typed: what is typed is a key, not a search.
  picker.items = choices.map(({ key, label, description, detail, value }) => ({
    label: `[${key.toUpperCase()}] ${label}`,
    ...(description ? { description } : {}),
    ...(detail ? { detail } : {}),
    alwaysShow: true,
    value,
  }));
  return new Promise((resolve) => {
    const finish = (value: Value | 'back' | undefined): void => {
      resolve(value);
      picker.hide();
    };
    picker.onDidChangeValue((typed) => {
      const choice = choices.find(({ key }) => key === typed.toLowerCase());
      if (choice) finish(choice.value);
      else if (typed !== '') picker.value = '';
    });
    picker.onDidAccept(() => picker.selectedItems[0] && finish(picker.selectedItems[0].value));
    picker.onDidTriggerButton(() => finish('back'));
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
