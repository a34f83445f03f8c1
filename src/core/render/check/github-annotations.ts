import { type Finding, type Severity, worstFirst } from '../../finding/finding.ts';
import type { CheckResult } from '../../gate/check-result.ts';
import { findingLine, checkHead, verdictLine } from '../check-text.ts';
import { escapeTerminal } from '../terminal.ts';
import { findingPlace } from './finding-place.ts';

/** Annotations that a step may make of each level; a job may make 50, and three levels stay under that. */
const mostOfALevel = 10;

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

/**
 * A check for the log of a GitHub job: the rules, a workflow command for the worst findings of each level, a plain line for
 * each other finding, and the verdict.
 */
export function githubAnnotations(result: CheckResult): string {
  const findings = worstFirst(result.findings);
  const annotated = (Object.keys(commands) as Severity[]).flatMap((level) =>
    findings.filter(({ severity }) => severity === level).slice(0, mostOfALevel),
  );
  const rest = findings.filter(
    (finding) => finding.severity !== 'info' && !annotated.includes(finding),
  );
  const more =
    rest.length === 0
      ? []
      : [
          `${rest.length} more findings, which the forge would not show at their lines:`,
          ...rest.map(findingLine),
        ];
  return [...checkHead(result), ...annotated.map(annotation), ...more, verdictLine(result)].join(
    '\n',
  );
}

function annotation(finding: Finding): string {
  const { path, line, column, end_line, end_column } = findingPlace(finding);
  // The forge takes columns only where an annotation stays on one line.
  const columns =
    finding.column !== undefined && line === end_line ? { col: column, endColumn: end_column } : {};
  const properties = Object.entries({
    file: escapeTerminal(path),
    line,
    endLine: end_line,
    ...columns,
    title: finding.code,
  }).map(([name, value]) => `${name}=${property(String(value))}`);
  const text = [finding.message, ...(finding.fix === undefined ? [] : [`→ ${finding.fix}`])]
    .map((part) => data(escapeTerminal(part)))
    .join('%0A');
  return `::${commands[finding.severity]} ${properties.join(',')}::${text}`;
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
