import { EventEmitter, type QuickPick, type QuickPickItem, window } from 'vscode';

/** Chooses or types in a list; false where the person leaves, or a promise of it where something else happens first. */
export type Answer = (picker: QuickPick<QuickPickItem>) => boolean | Promise<boolean>;

/** Runs something while each list that asks is answered instead of shown, once it is open: until then it is busy. */
export async function answeringPicks(
  asked: Answer,
  run: () => PromiseLike<unknown>,
): Promise<void> {
  const { createQuickPick } = window;
  try {
    Object.assign(window, { createQuickPick: () => answeringPick(createQuickPick(), asked) });
    await run();
  } finally {
    Object.assign(window, { createQuickPick });
  }
}

function answeringPick(picker: QuickPick<QuickPickItem>, asked: Answer): QuickPick<QuickPickItem> {
  const accepted = new EventEmitter<void>();
  const hidden = new EventEmitter<void>();
  const answer = async (target: QuickPick<QuickPickItem>): Promise<void> =>
    ((await asked(target)) ? accepted : hidden).fire();
  return new Proxy(picker, {
    get: (target, name) => {
      if (name === 'onDidAccept') return accepted.event;
      if (name === 'onDidHide') return hidden.event;
      if (name === 'show') return () => {};
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => {
      if (name === 'busy' && value === false) setTimeout(() => void answer(target), 0);
      return Reflect.set(target, name, value, target);
    },
  });
}
