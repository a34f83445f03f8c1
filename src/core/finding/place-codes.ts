import type { CodeSeverity } from './code-severity.ts';

/** What keeps a question from being judged: the repository, git, the machine. */
export const placeCodes = {
  'check/summary': 'refusal',
  'git/failed': 'refusal',
  'git/missing': 'refusal',
  'git/too-old': 'refusal',
  'history/missing': 'refusal',
  'history/odd-commit': 'refusal',
  'identity/missing': 'refusal',
  'internal/unexpected': 'refusal',
  'path/link': 'refusal',
  'path/outside': 'refusal',
  'repository/bare': 'refusal',
  'repository/none': 'refusal',
  'repository/owner': 'refusal',
  'repository/two': 'refusal',
  'result/altered': 'error',
  'revision/ambiguous': 'refusal',
  'revision/unknown': 'refusal',
} as const satisfies Readonly<Record<string, CodeSeverity>>;
