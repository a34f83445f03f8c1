import type { Finding } from '../finding/finding.ts';
import { kindOfPath } from './kind-of-path.ts';

const folders =
  /^\.countersign\/(?:feedback|decisions|slices|evaluations|reviews|checklists|imports|results)\//;
const single = /^\.countersign\/(?:policy|triage)\.[^/]*$/;
const data = /\.(?:yaml|yml|json)$/i;

/**
 * A finding for a file that looks like a record and lies where none is read, or null. Without it such a file would be
 * lost without a word.
 */
export function misplacedRecord(path: string): Finding | null {
  if (kindOfPath(path) !== null || !data.test(path) || !(folders.test(path) || single.test(path)))
    return null;
  const fix = /\.yaml$/.test(path)
    ? 'move it to the folder of its kind, with no folder between'
    : 'give it the ending .yaml, and the name that its kind asks for';
  return {
    code: 'record/misplaced',
    severity: 'warning',
    message: 'this file is not read: no record has such a path',
    fix,
    path,
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 1,
  };
}
