import { wilsonInterval } from '../../src/core/statistics/proportion.ts';
import type { Mutant } from './mutants.ts';
import type { Outcome } from './worker.ts';

type Row = { readonly mutant: Mutant; readonly outcome: Outcome };

/** The score of a run in a line or two, and every survivor by file. The interval is that of a random sample of `all`. */
export function reportOf(
  drawn: readonly Mutant[],
  outcomes: ReadonlyMap<string, Outcome>,
  all: number,
): { readonly summary: string; readonly share: number; readonly text: string } {
  const rows = drawn.flatMap((mutant): readonly Row[] => {
    const outcome = outcomes.get(mutant.id);
    return outcome ? [{ mutant, outcome }] : [];
  });
  const summary = `${scoreOf(rows)}; ${rows.length} of ${all} mutants were run`;
  const files = [...new Set(rows.map(({ mutant }) => mutant.file))].sort();
  return {
    summary,
    share: rows.filter(isKilled).length / rows.length,
    text: [
      `# ${summary}`,
      '',
      ...files.flatMap((file) =>
        fileReport(
          file,
          rows.filter(({ mutant }) => mutant.file === file),
        ),
      ),
    ].join('\n'),
  };
}

const isKilled = ({ outcome: { state } }: Row): boolean =>
  state === 'killed' || state === 'timeout';

function scoreOf(rows: readonly Row[]): string {
  const killed = rows.filter(isKilled).length;
  const [lower, upper] = wilsonInterval(killed, rows.length, 1.959963984540054);
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return `${killed} of ${rows.length} killed, ${percent(killed / rows.length)} (95 % interval ${percent(lower)} to ${percent(upper)})`;
}

function fileReport(file: string, rows: readonly Row[]): readonly string[] {
  const alive = rows
    .filter((row) => !isKilled(row))
    .sort((a, b) => a.mutant.line - b.mutant.line || a.mutant.column - b.mutant.column);
  const quoted = (text: string): string =>
    JSON.stringify(text.length > 140 ? `${text.slice(0, 140)}…` : text);
  return [
    `## ${file}: ${scoreOf(rows)}`,
    '',
    ...alive.map(
      ({ mutant, outcome }) =>
        `- ${outcome.state} ${mutant.id} ${mutant.line}:${mutant.column} ${mutant.mutator} ${quoted(mutant.original)} → ${quoted(mutant.replacement)}`,
    ),
    '',
  ];
}
