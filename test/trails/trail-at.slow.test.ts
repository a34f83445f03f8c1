/** A trail as it stood at a revision, and what git is asked for it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTrailRepository } from './trail-repository.ts';

const place = openTrailRepository();
after(() => place.remove());

const score = 'def score(r):\n    # @DR-MARK0001\n    return 0\n';

test('a trail at a revision starts a handful of processes, however many records there are', () => {
  for (let n = 0; n < 120; n++)
    place.write(
      `.countersign/feedback/FB-${10000 + n}.yaml`,
      `schema: countersign/feedback@1\nid: FB-${10000 + n}\ntitle: Item ${n}\nchannel: issue\nobserved_at: unknown\nstatus: new\n`,
    );
  place.write('model/s.py', score);
  place.decide('DR-MARK0001', 'path: model/s.py, lines: [1, 3]');
  place.land();
  assert.ok(place.gitStarts(['trail', 'model/s.py:1', '--at', 'HEAD']) < 20);
  assert.match(
    place.countersign(['trail', 'model/s.py:1', '--at', 'HEAD']).out,
    /because of DR-MARK0001/,
  );
});

test('a file that nobody added is looked into up to 8 MiB: what is larger is data', () => {
  const head = '# @FB-BIGDATA1\n';
  const said = (size: number): RegExpMatchArray | null => {
    place.write('data/new.txt', head + 'x'.repeat(size - head.length));
    return place.countersign(['check', '--records']).out.match(/there is no record FB-BIGDATA1/);
  };
  assert.ok(said(8 * 1024 * 1024));
  assert.equal(said(8 * 1024 * 1024 + 1), null);
  place.git('clean', '--quiet', '--force', 'data/new.txt');
});

test('a marker is found in a file that nobody added, and in one that nobody diffs', () => {
  place.decide('DR-MARK0002', 'path: model/s.py, lines: [1, 3]');
  place.write('.gitattributes', '*.ipynb -diff\n*.bin binary\n');
  place.write('notes/first.ipynb', '{"source": ["# @DR-MARK0002"]}\n');
  place.write('notes/second.bin', '# @DR-MARK0002\n');
  place.land();
  place.write('notes/third.py', '# @DR-MARK0002\n');
  const trail = place.countersign(['trail', 'DR-MARK0002']).out;
  for (const path of ['notes/first.ipynb', 'notes/second.bin', 'notes/third.py'])
    assert.ok(trail.includes(`${path}:1`), `${path}: ${trail}`);
  assert.match(
    place.countersign(['trail', 'notes/second.bin:1', '--at', 'HEAD']).out,
    /DR-MARK0002/,
  );
});
