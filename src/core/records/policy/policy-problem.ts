import type { Finding, Severity } from '../../finding/finding.ts';
import type { ParsedRecord } from '../parse-record.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';
import type { FindingCode } from '../../finding/finding-code.ts';

/** Something wrong with what a policy says, at a path of it. */
export type PolicyProblem = {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  readonly path: YamlPath;
  readonly at?: 'key';
};

/** The finding of a problem, at its place in the file. */
export function placedFinding(
  { path, at, ...finding }: PolicyProblem,
  record: Pick<ParsedRecord, 'locate' | 'locateKey'>,
): Finding {
  return { ...finding, ...(at === 'key' ? record.locateKey(path) : record.locate(path)) };
}
