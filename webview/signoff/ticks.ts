import { element } from '../kit/element.ts';

/** Statements of one kind that a person may tick. `label` stands before each of them. */
type Ticks = {
  readonly heading: string;
  readonly label: string;
  readonly ticked: readonly string[];
  readonly all: readonly { readonly value: string; readonly detail: string }[];
};

/** A box for each statement under a heading; nothing where there is none. */
export function ticks(
  { heading, label, ticked, all }: Ticks,
  set: (ticked: readonly string[]) => void,
): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const chosen = new Set(ticked.filter((one) => all.some(({ value }) => value === one)));
  const rows = all.map(({ value, detail }) => {
    const box = element('input', {
      type: 'checkbox',
      ...(chosen.has(value) ? { checked: '' } : {}),
    });
    box.addEventListener('change', () => {
      if (box.checked) chosen.add(value);
      else chosen.delete(value);
      set([...chosen]);
    });
    return element(
      'label',
      { class: 'tick' },
      box,
      element(
        'span',
        {},
        `${label} `,
        element('strong', {}, value),
        detail && element('span', { class: 'detail' }, ` ${detail}`),
      ),
    );
  });
  return [element('h3', {}, heading), ...rows];
}
