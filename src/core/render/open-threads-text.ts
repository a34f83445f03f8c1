import type { ThreadFacts } from '../gate/evidence-context.ts';
import { countOf } from './count-of.ts';

/** What is still open in the reviews of some records: a line for each record, with the command that shows it. Not escaped. */
export function openThreadsText(threads: readonly ThreadFacts[], now: Date): readonly string[] {
  const open = threads.filter((thread) => thread.open);
  return [...new Set(open.map(({ record }) => record))].sort().map((record) => {
    const own = open.filter((thread) => thread.record === record);
    const findings = own
      .filter(({ finding }) => finding)
      .sort((a, b) => (a.due ?? Number.POSITIVE_INFINITY) - (b.due ?? Number.POSITIVE_INFINITY));
    const about =
      findings.length === 0
        ? ''
        : `, ${findings.length === own.length ? '' : `${findings.length} of them `}${findings.length === 1 ? 'a finding' : 'findings'} ${dueText(findings, now)}`;
    return `${record}: ${countOf(own.length, 'thread')} ${own.length === 1 ? 'is' : 'are'} open${about}; read: countersign review list ${record} --open`;
  });
}

function dueText(findings: readonly ThreadFacts[], now: Date): string {
  const late = findings.filter(({ due }) => due !== null && now.getTime() >= due).length;
  const first = findings[0]?.due ?? null;
  // A day ends at the first moment of the next.
  const day = first === null ? '' : `due ${new Date(first - 1).toISOString().slice(0, 10)}`;
  if (late === 0) return findings.length === 1 ? day : `of which the first is ${day}`;
  return findings.length === 1
    ? `OVERDUE since ${day.slice(4)}`
    : `of which ${late} ${late === 1 ? 'is' : 'are'} OVERDUE`;
}
