import { type Finding, type Severity, worstFirst } from '../../finding/finding.ts';
import type { CheckResult } from '../../gate/check-result.ts';
import { verdictLine } from '../check-text.ts';
import { jsonText } from '../json-text.ts';
import { escapeTerminal } from '../terminal.ts';
import { findingFingerprints } from './finding-fingerprints.ts';
import { findingPlace } from './finding-place.ts';
import { standingFindings } from './standing-findings.ts';
import type { FindingCode } from '../../finding/finding-code.ts';

/** Results that code scanning takes of one run; it shows the first 5,000, so the worst come first. */
const mostResults = 25_000;

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/**
 * A check as a SARIF 2.1.0 log: one run, a rule for each code, a result for each finding, the worst first.
 *
 * @param version of this program
 */
export function sarifLog(result: CheckResult, version: string): string {
  const all = worstFirst(standingFindings(result));
  const findings = all.slice(0, mostResults);
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const prints = findingFingerprints(findings);
  const run = {
    tool: {
      driver: { name: 'Countersign', version, rules: codes.map((code) => ruleOf(code, findings)) },
    },
    automationDetails: { id: 'countersign/check/' },
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        exitCode: result.exit,
        toolExecutionNotifications: [
          notification('note', verdictLine(result)),
          ...(all.length > findings.length
            ? [
                notification(
                  'warning',
                  `${all.length - findings.length} more findings than a log may hold are left out`,
                ),
              ]
            : []),
        ],
      },
    ],
    results: findings.map((finding, index) => ({
      ruleId: finding.code,
      ruleIndex: codes.indexOf(finding.code),
      level: levels[finding.severity],
      message: {
        text: messageText(
          `${finding.message}${finding.fix === undefined ? '' : ` → ${finding.fix}`}`,
        ),
      },
      locations: [locationOf(finding)],
      partialFingerprints: { 'countersign/v1': prints[index] },
    })),
    properties: {
      verdict: result.verdict,
      stage: result.stage,
      tip: result.tip,
      head: result.head,
      lands: result.lands,
      target: result.target,
      ungoverned: result.ungoverned,
    },
  };
  return jsonText({
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  });
}

function ruleOf(code: FindingCode, findings: readonly Finding[]): object {
  const example = findings.find((finding) => finding.code === code) as Finding;
  return {
    id: code,
    name: code,
    shortDescription: { text: code },
    fullDescription: { text: `What ${code} means stands in docs/findings.md.` },
    help: { text: `What ${code} means, and how to fix it, stands in docs/findings.md.` },
    defaultConfiguration: { level: levels[example.severity] },
  };
}

function notification(level: 'note' | 'warning', text: string): object {
  return { level, message: { text: messageText(text) } };
}

function locationOf(finding: Finding): object {
  const { path, line, column, end_line, end_column } = findingPlace(finding);
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(path), uriBaseId: '%SRCROOT%' },
      region: { startLine: line, startColumn: column, endLine: end_line, endColumn: end_column },
    },
  };
}

/** A path as a relative reference. A first part with a colon would read as a scheme; encoding takes the colon away too. */
function relativeUri(path: string): string {
  // A lone surrogate has no encoding.
  const sound = path.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
  return sound.split('/').map(encodeURIComponent).join('/');
}

/** In a message `[text](target)` would be a link, and a backslash takes that from a bracket. */
function messageText(text: string): string {
  return escapeTerminal(text).replace(/[\\[\]]/g, '\\$&');
}
