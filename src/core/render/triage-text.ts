import { escapeTerminal } from './terminal.ts';

/** One item of a triage, as it is shown. */
export type ShownTriage = {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'triaged' | 'ambiguous' | 'unmatched' | 'settled' | 'open';
  readonly why: string;
  readonly suggestion: {
    readonly component: string | undefined;
    readonly category: string | undefined;
    readonly assignee: string | undefined;
  } | null;
  readonly score: number | null;
};

const words = {
  triaged: 'triaged',
  ambiguous: 'for a person',
  unmatched: 'for a person',
  settled: 'left alone',
  open: 'still open',
} as const;

/** What a triage made of each item, and what is left for a person. */
export function triageText(items: readonly ShownTriage[], written: boolean): string {
  if (items.length === 0) return 'no feedback waits for triage';
  const waiting = items.filter(
    ({ outcome }) => outcome !== 'triaged' && outcome !== 'settled',
  ).length;
  const taken = items.filter(({ outcome }) => outcome === 'triaged').length;
  const sum = `${taken} ${written ? 'triaged' : 'would be triaged'}, ${waiting} for a person${waiting > 0 ? ' (in the editor: Countersign: Triage; here: countersign triage ID --accept, or --help for what else can be said)' : ''}`;
  return [...items.flatMap(itemLines), sum].join('\n');
}

function itemLines({ id, title, outcome, why, suggestion, score }: ShownTriage): readonly string[] {
  const proposal = [
    suggestion?.component,
    suggestion?.category,
    suggestion?.assignee && `@${suggestion.assignee}`,
  ].filter((part) => part !== undefined);
  const details = [
    ...(outcome === 'settled' ? [] : [proposal.join(', ')]),
    score === null ? '' : `score ${score.toFixed(2)}`,
  ].filter((part) => part !== '');
  return [
    escapeTerminal(`${id} ${words[outcome]}: ${title}`),
    escapeTerminal(`    ${[...details, why].join('; ')}`),
  ];
}
