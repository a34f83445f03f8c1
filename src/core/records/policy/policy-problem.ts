import type { Severity } from '../../finding.ts';
import type { YamlPath } from '../yaml/yaml-source.ts';

/** Something wrong with what a policy says, at a path of it. */
export type PolicyProblem = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fix: string;
  readonly path: YamlPath;
  readonly at?: 'key';
};
