import type { PolicyTrial, TriedCase, TriedLanding, TriedOutcome } from '../gate/policy-trial.ts';
import { landingCells } from './audit-text.ts';
import { countOf } from './count-of.ts';
import { tableText } from './table-text.ts';
import { escapeTerminal } from './terminal.ts';

const words: Readonly<Record<TriedOutcome, string>> = {
  stopped: 'WOULD STOP',
  'let-through': 'WOULD PASS',
  'as-it-was': 'as it was',
  untried: 'not tried',
};

/**
 * A trial of a policy for people: a table of the landings with what became of them and what the candidate would have done,
 * under those that it stops or lets through why, the cases, and the sum of it. Only a subject is cut to the width.
 */
export function policyTrialText(
  { landings, counts, cases, target }: PolicyTrial,
  width: number,
): string {
  const [header = '', ...rows] = tableText(
    ['landed', 'commit', 'was', 'candidate', 'what'],
    landings.map(row),
    width,
  ).split('\n');
  const told = rows.flatMap((line, index) => [
    line,
    ...reasonLines(landings[index] as TriedLanding),
  ]);
  return [
    header,
    ...told,
    '',
    ...(cases.length > 0 ? [...cases.flatMap(caseLines), ''] : []),
    sumLine(target, counts, cases),
  ].join('\n');
}

function row(landing: TriedLanding): readonly string[] {
  return landingCells(landing, landing.was, words[landing.outcome]);
}

/** Of what it lets through, the reasons are those of then. */
function reasonLines({ outcome, why }: TriedLanding): readonly string[] {
  if (outcome !== 'stopped' && outcome !== 'let-through') return [];
  return why.map((reason) =>
    escapeTerminal(`    ${outcome === 'stopped' ? '' : 'stopped then: '}${reason}`),
  );
}

function caseLines({ path, about, expect, would, as_expected, why }: TriedCase): readonly string[] {
  return [
    `${as_expected ? '✓' : '✗'} ${path}: ${as_expected ? `${would}, as expected` : `${would}, where ${expect} is expected`}: ${about}`,
    ...(as_expected ? [] : why.map((reason) => `    ${reason}`)),
  ].map(escapeTerminal);
}

function sumLine(
  target: string,
  counts: PolicyTrial['counts'],
  cases: readonly TriedCase[],
): string {
  const parts = [
    `${countOf(counts.stopped, 'landing')} would have been stopped`,
    `${counts['let-through']} would have passed that did not`,
    `${counts['as-it-was']} as they were`,
    ...(counts.untried > 0
      ? [`${counts.untried} not tried, since no policy stood then or it was accepted by its digest`]
      : []),
  ];
  const otherwise = cases.filter(({ as_expected }) => !as_expected).length;
  return escapeTerminal(
    `${target.slice('refs/heads/'.length)}: ${parts.join(', ')}${cases.length > 0 ? `; ${otherwise === 0 ? `${countOf(cases.length, 'case')} as expected` : `${otherwise} of ${countOf(cases.length, 'case')} otherwise than expected`}` : ''}`,
  );
}
