import type { ReportState } from './report-state.ts';

/**
 * Puts the lists of the figures back to what was chosen before, and tells of each new choice. What was chosen is known by
 * its words, since its place may be another's in a new report; what is gone from the report stays at what the report shows.
 */
export function keepNarrowing(
  root: ParentNode,
  chosen: ReportState['chosen'],
  keep: (chosen: ReportState['chosen']) => void,
): void {
  let current = chosen;
  for (const select of root.querySelectorAll<HTMLSelectElement>('select[data-narrow]')) {
    const name = select.dataset['narrow'] ?? '';
    const before = [...select.options].find((option) => wordsOf(option) === current[name]);
    if (before) select.value = before.value;
    select.addEventListener('change', () => {
      const [option] = select.selectedOptions;
      current = { ...current, [name]: option ? wordsOf(option) : '' };
      keep(current);
    });
  }
}

/** A choice in words; that of everything is empty, in whatever language. */
function wordsOf(option: HTMLOptionElement): string {
  const group =
    option.parentElement instanceof HTMLOptGroupElement ? `${option.parentElement.label}: ` : '';
  return option.value === '' ? '' : `${group}${option.text}`;
}
