import { compareFindings, type Finding } from '../finding/finding.ts';
import { countOf } from '../render/count-of.ts';
import type { CheckedRule, CheckResult } from './check-result.ts';

/**
 * One result for several landings of one range, each of which passes in turn as an audit will judge them; null where one does
 * not, or where no two of them are governed: then the range is one change, and was judged as that.
 *
 * @param whole the range judged as one change
 * @param landings what each landing comes to, the first to land first; all of them for the target of the whole
 */
export function landingsInTurn(
  whole: CheckResult,
  landings: readonly CheckResult[],
): CheckResult | null {
  const governed = landings.filter(({ rules }) => rules.length > 0);
  if (
    governed.length < 2 ||
    landings.some(({ exit, policy, target }) => exit !== 0 || !policy || target !== whole.target)
  )
    return null;
  const ids = new Set(landings.flatMap(({ rules }) => rules.map(({ id }) => id)));
  return {
    ...whole,
    verdict: landings.some(({ verdict }) => verdict === 'pass-with-exception')
      ? 'pass-with-exception'
      : 'pass',
    exit: 0,
    rules: [...ids].map((id) => summary(id, whole, landings)),
    signoffs: byFile(landings.flatMap(({ signoffs }) => signoffs)),
    exceptions: byFile(landings.flatMap(({ exceptions }) => exceptions)),
    conditions: landings.at(-1)?.conditions ?? [],
    findings: [...once(landings.flatMap(({ findings }) => findings)), inTurn(governed.length)].sort(
      compareFindings,
    ),
    next: null,
    landings: landings.map(({ tip, head, verdict, rules }) => ({
      from: tip,
      to: head,
      verdict,
      rules,
    })),
  };
}

/** A rule over the whole range: met, since it is met in each landing that touches it. */
function summary(id: string, whole: CheckResult, landings: readonly CheckResult[]): CheckedRule {
  const parts = landings.flatMap(({ rules }) => rules.filter((rule) => rule.id === id));
  const last = parts.at(-1) as CheckedRule;
  const all = whole.rules.find((rule) => rule.id === id) ?? last;
  return {
    ...last,
    digest: all.digest,
    files: all.files,
    authors: all.authors,
    requirements: last.requirements.map((requirement, index) => ({
      ...requirement,
      by: [...new Set(parts.flatMap(({ requirements }) => requirements[index]?.by ?? []))],
    })),
    evidence: parts.flatMap(({ evidence }) => evidence),
    state: parts.some(({ state }) => state === 'excepted') ? 'excepted' : 'met',
  };
}

/** The last word of each file: an exception that one landing rests on stands open in the next. */
function byFile<Row extends { readonly file: string }>(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.map((row) => [row.file, row])).values()];
}

function once(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function inTurn(count: number): Finding {
  return {
    code: 'change/in-turn',
    severity: 'info',
    message: `${countOf(count, 'landing')} of this range pass each by itself, in turn: nobody signed them as one change`,
    fix: 'push these commits as they are; a merge or a squash over all of them would be one landing that nobody signed',
  };
}
