import { type Finding, worstFirst } from '../../finding/finding.ts';
import type { CheckedRule, CheckResult } from '../../gate/check-result.ts';
import { checkHead, findingLine, verdictLine } from '../check-text.ts';
import { escapeHtml } from '../escape-html.ts';
import { escapeTerminal } from '../terminal.ts';
import { findingPlace } from './finding-place.ts';

type Case = {
  readonly suite: string;
  readonly name: string;
  readonly place?: Finding;
  readonly failure?: { readonly type: string; readonly message: string; readonly text: string };
  readonly skipped?: string;
  readonly output?: string;
};

/**
 * A check as JUnit XML: a test for the verdict, one for each rule and one for each error or warning. A report without the
 * first could be empty, which some readers take for a pass and others for a failure.
 */
export function junitXml(result: CheckResult): string {
  const cases = [
    verdictCase(result),
    ...result.rules.map((rule) => ruleCase(rule, result)),
    ...worstFirst(result.findings)
      .filter(({ severity }) => severity !== 'info')
      .map(findingCase),
  ];
  const failures = cases.filter(({ failure }) => failure).length;
  const skipped = cases.filter((one) => one.skipped !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign" ${counts}>`,
    `  <testsuite name="countersign check" ${counts} time="0">`,
    ...cases.map(caseXml),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function verdictCase(result: CheckResult): Case {
  const line = verdictLine(result);
  return {
    suite: 'countersign',
    name: 'verdict',
    output: checkHead(result).concat(line).join('\n'),
    ...(result.exit === 0 ? {} : { failure: { type: result.verdict, message: line, text: line } }),
  };
}

/** Below stage `all` an open rule is no failure: others have not had the chance to sign. */
function ruleCase({ id, state }: CheckedRule, { stage }: CheckResult): Case {
  const name = `rule ${id}`;
  const message = `${id} is ${state}`;
  if (state === 'met' || state === 'excepted')
    return {
      suite: 'countersign.rules',
      name,
      ...(state === 'excepted' ? { output: message } : {}),
    };
  return stage === 'all'
    ? {
        suite: 'countersign.rules',
        name,
        failure: { type: `rule/${state}`, message, text: message },
      }
    : { suite: 'countersign.rules', name, skipped: message };
}

function findingCase(finding: Finding): Case {
  const line = `${findingLine(finding)}${finding.fix === undefined ? '' : `\n→ ${escapeTerminal(finding.fix)}`}`;
  const common = { suite: `countersign.${finding.code}`, name: finding.message, place: finding };
  return finding.severity === 'error'
    ? { ...common, failure: { type: finding.code, message: finding.message, text: line } }
    : { ...common, output: line };
}

function caseXml({ suite, name, place, failure, skipped, output }: Case): string {
  const where =
    place === undefined
      ? ''
      : ` file="${attribute(findingPlace(place).path)}" line="${findingPlace(place).line}"`;
  const parts = [
    ...(failure
      ? [
          `      <failure type="${attribute(failure.type)}" message="${attribute(failure.message)}">${escapeHtml(failure.text)}</failure>`,
        ]
      : []),
    ...(skipped === undefined ? [] : [`      <skipped message="${attribute(skipped)}"/>`]),
    ...(output === undefined ? [] : [`      <system-out>${escapeHtml(output)}</system-out>`]),
  ];
  const open = `    <testcase classname="${attribute(suite)}" name="${attribute(name)}"${where} time="0"`;
  return parts.length === 0 ? `${open}/>` : [`${open}>`, ...parts, '    </testcase>'].join('\n');
}

function attribute(text: string): string {
  return escapeHtml(escapeTerminal(text));
}
