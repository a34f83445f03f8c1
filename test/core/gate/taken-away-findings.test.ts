import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { pathFromText } from '../../../src/core/gate/raw-path.ts';
import { takenAwayFindings, type TakenFile } from '../../../src/core/gate/taken-away-findings.ts';

const path = '.countersign/exceptions/EX-WAGE01.yaml';
const [signed, other] = ['a'.repeat(40), 'b'.repeat(40)];
const taken = (newMode: string, more: Partial<TakenFile> = {}): TakenFile => ({
  entry: { path: pathFromText(path), newMode, oldOid: signed },
  by: 'c'.repeat(40),
  source: 'd'.repeat(40),
  isAlteration: false,
  ...more,
});

const rows: readonly (readonly [
  name: string,
  taken: TakenFile,
  lands: string | null,
  code: string | null,
])[] = [
  ['deleted', taken('000000'), null, 'signoff/deleted'],
  ['deleted, and another under its name', taken('000000'), other, 'signoff/deleted'],
  ['deleted, and put back by the change', taken('000000'), signed, null],
  ['altered', taken('100644'), other, 'signoff/edited'],
  ['altered, as an alteration itself', taken('100644', { isAlteration: true }), other, null],
  [
    'under a name that is no text',
    taken('000000', {
      entry: { path: { raw: '\xff', text: null }, newMode: '000000', oldOid: signed },
    }),
    null,
    null,
  ],
];

for (const [name, file, lands, code] of rows)
  test(`a signed file that was taken away on the target: ${name}`, () => {
    const found = takenAwayFindings([file], new Map(lands === null ? [] : [[path, lands]]));
    assert.deepEqual(
      found,
      code === null
        ? []
        : [
            {
              code,
              severity: 'warning',
              message: `a signed record that had landed was ${code === 'signoff/deleted' ? 'deleted' : 'altered'} on the target in cccccccccccc; what it says still counts`,
              path,
              line: 1,
              column: 1,
              fix: `bring it back by a commit of its own: git restore --staged --worktree --source=dddddddddddd -- ${path}`,
            },
          ],
    );
  });
