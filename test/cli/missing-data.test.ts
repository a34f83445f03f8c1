/** What the check of the records says of evaluations whose data are not here. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openWorkplace, type Workplace } from './command-line.ts';

let place: Workplace;

const path = '.countersign/evaluations/EV-DATA0001.yaml';
const evaluation = (data: string): string =>
  `schema: countersign/evaluation@1\nid: EV-DATA0001\ntitle: Test\nkind: offline\ndata: ${data}\ncolumns: {label: label, prediction: prediction}\ntargets: [{metric: accuracy, op: ">=", value: 0.5}]\n`;
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 123456\n`;
const rows = 'label,prediction\n1,1\n0,1\n';

before(() => {
  place = openWorkplace();
  place.write('.gitignore', '/kept/\n/here/\n/pulled/*.csv\n');
  place.write('data/tracked.csv', rows);
  place.write('data/deleted.csv', rows);
  place.write('data/pointer.csv', pointer);
  place.write('data/parts/one.parquet', 'PAR1');
  place.write('data/kept.csv.dvc', 'outs: []\n');
  place.write('folder.dvc', 'outs: []\n');
  place.write('pulled/there.csv.dvc', 'outs: []\n');
  place.commit('Data', 'ada');
  place.write('pulled/there.csv', rows);
  place.write('here/ignored.csv', rows);
  place.write('data/untracked.csv', rows);
  rmSync(join(place.folder, 'data/deleted.csv'));
});
after(() => place.remove());

type Told = {
  readonly code: string;
  readonly severity: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix: string;
};

const said = (): readonly string[] => {
  const { code, out } = place.countersign(['check', '--records', '--json']);
  assert.equal(code, 0, 'a warning stops nothing');
  return (JSON.parse(out) as { readonly findings: readonly Told[] }).findings
    .filter((finding) => finding.code === 'record/no-data')
    .map((told) =>
      [told.path, told.line, told.column, told.severity, told.message, told.fix].join(' | '),
    );
};

for (const [file, what, fix] of [
  [
    'data/nowhere.csv',
    'there is no file data/nowhere.csv',
    'make the predictions first, or mend data in the evaluation',
  ],
  [
    'data/deleted.csv',
    'there is no file data/deleted.csv',
    'make the predictions first, or mend data in the evaluation',
  ],
  [
    'kept/scores.csv',
    'there is no file kept/scores.csv, and git is told to ignore it, so no clone has it',
    'bring it here from where it is kept, or mend data in the evaluation',
  ],
  [
    'data/kept.csv',
    'data/kept.csv cannot be read: it is not here; data/kept.csv.dvc is a pointer of DVC in its place',
    'dvc pull data/kept.csv.dvc',
  ],
  [
    'folder/deep/scores.csv',
    'folder/deep/scores.csv cannot be read: it is not here; folder.dvc is a pointer of DVC in its place',
    'dvc pull folder.dvc',
  ],
  [
    'data/pointer.csv',
    'data/pointer.csv cannot be read: it is a pointer of git LFS, and the content was not pulled',
    'git lfs pull --include=data/pointer.csv',
  ],
] as const)
  test(`${file}: ${what}`, () => {
    const line = (column: number): string => [path, 5, column, 'warning', what, fix].join(' | ');
    place.write(path, evaluation(`{candidate: {path: ${file}}}`));
    assert.deepEqual(said(), [line(26)]);
    place.write(path, evaluation(`{candidate: {path: data/tracked.csv, labels: {path: ${file}}}}`));
    assert.deepEqual(said(), [line(59)]);
  });

for (const data of [
  'data/tracked.csv',
  'data/untracked.csv',
  'here/ignored.csv',
  'pulled/there.csv',
  'data/parts',
])
  test(`${data} is here, and nothing is said of it`, () => {
    place.write(path, evaluation(`{candidate: {path: ${data}}}`));
    assert.deepEqual(said(), []);
  });

test('a table of the engine is no file', () => {
  place.write(path, evaluation('{candidate: {table: scores}}'));
  assert.deepEqual(said(), []);
});
