/** Code anchors in real histories: what holds them, what becomes of them when files move, and what is written into the record. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openTrailRepository } from './trail-repository.ts';

const place = openTrailRepository();
after(() => place.remove());

const values = (count: number): string =>
  Array.from({ length: count }, (_, n) => `value_${n + 1} = ${(n + 1) ** 2}\n`).join('');
const score =
  'def score(r):\n    if r:\n        return 1\n    return 0\n\ndef other(r):\n    if r:\n        return 2\n    return 0\n';

/** A decision whose anchor is held by its digest, landed with its file. */
function hold(id: string, path: string, text: string, lines: string): void {
  place.write(path, text);
  place.decide(id, `path: ${path}, lines: [${lines}]`);
  const ran = place.countersign(['anchors', id, '--write']);
  assert.match(ran.out, /held by its digest/, ran.out + ran.err);
  place.land();
}

test('the same line of another function is no place, is named nowhere and is never written', () => {
  hold('DR-LINE0001', 'model/s.py', score, '4, 4');
  place.write('model/s.py', score.replace('return 0', 'return None'));
  assert.equal(place.said('DR-LINE0001'), 'changed model/s.py:4-4');
  assert.doesNotMatch(place.countersign(['trail', 'model/s.py:9']).out, /DR-LINE0001/);
  const record = place.read('.countersign/decisions/DR-LINE0001.yaml');
  place.countersign(['anchors', 'DR-LINE0001', '--write']);
  assert.equal(place.read('.countersign/decisions/DR-LINE0001.yaml'), record);
  // Also where the other one comes to stand at the very line, and where that landed.
  place.write('model/s.py', 'def other(r):\n    if r:\n        return 2\n    return 0\n');
  place.land();
  assert.match(place.said('DR-LINE0001'), /^(?:changed|lost)/);
});

test('a person confirms what is proposed, and only that', () => {
  hold('DR-CONF0001', 'model/c.py', values(40), '3, 4');
  place.write('model/c.py', values(40).replace('value_3 =', 'x ='));
  assert.equal(place.said('DR-CONF0001'), 'changed model/c.py:3-4');
  const all = place.countersign(['anchors']);
  assert.equal(all.code, 1);
  assert.match(all.out, /DR-CONF0001#1 model\/c\.py:3-4 changed → model\/c\.py:3-4/);
  assert.match(
    place.countersign(['trail', 'model/c.py:3']).out,
    /because of DR-CONF0001 .*; lines rewritten; was model\/c\.py:3–4/,
  );
  assert.doesNotMatch(place.countersign(['trail', 'model/c.py:37']).out, /DR-CONF0001/);
  const found = place.countersign(['check', '--records']);
  assert.match(found.out, /warning anchor\/changed model\/c\.py:3-4/);
  assert.match(
    found.out,
    /^pass: .* but for (?:one that points|\d+ that point) at lines which were rewritten or lost/m,
  );
  assert.match(place.countersign(['index', '--stats']).out, /anchors: .*1 changed/);
  const step = /countersign (anchors --accept '(DR-CONF0001#1)')/.exec(found.out);
  assert.ok(step, found.out);
  const accepted = place.countersign(['anchors', '--accept', step[2] as string]);
  assert.match(accepted.out, /confirmed, held by its digest at model\/c\.py:3-4/, accepted.err);
  assert.equal(place.said('DR-CONF0001'), 'exact model/c.py:3-4');
  assert.equal(place.countersign(['anchors', '--accept', 'DR-CONF0001#2']).code, 2);
  place.write('model/c.py', values(2));
  const none = place.countersign(['anchors', '--accept', 'DR-CONF0001#1']);
  assert.equal(none.code, 2);
  assert.match(none.err, /anchor\/accept/);
  place.write('model/c.py', values(40).replace('value_3 =', 'x ='));
  place.land();
});

test('a commit that is not here proves nothing, and nothing is written by it', () => {
  place.git('switch', '--quiet', '--create', 'work');
  place.write('model/q.py', 'q = 1\nr = 2\n');
  const commit = place.land();
  place.decide('DR-SQUA0001', `path: model/q.py, lines: [2, 2], commit: "${commit}"`);
  place.write('model/q.py', 'z = 0\nq = 1\nr = 2\n');
  place.land();
  assert.equal(place.said('DR-SQUA0001'), 'moved model/q.py:3-3');
  place.git('switch', '--quiet', 'main');
  place.git('merge', '--quiet', '--squash', 'work');
  place.land();
  place.git('branch', '--quiet', '-D', 'work');
  place.git('reflog', 'expire', '--expire=now', '--all');
  place.git('gc', '--quiet', '--prune=now');
  const [anchor] = place.anchors('DR-SQUA0001');
  assert.equal(anchor?.state, 'unproven');
  assert.match(
    anchor?.why ?? '',
    /is not here \(copy it from another clone: there is no remote here to fetch it from\)/,
  );
  // What would write nothing is not advised.
  assert.doesNotMatch(place.countersign(['anchors', 'DR-SQUA0001']).out, /--write/);
  const record = place.read('.countersign/decisions/DR-SQUA0001.yaml');
  place.countersign(['anchors', 'DR-SQUA0001', '--write']);
  assert.equal(place.read('.countersign/decisions/DR-SQUA0001.yaml'), record);
});

test('a shallow clone says that history is missing, and not that a moved function was rewritten', () => {
  hold('DR-SHAL0001', 'model/h.py', score, '6, 9');
  const digest = /digest: (\S+?)[,}]/.exec(
    place.read('.countersign/decisions/DR-SHAL0001.yaml'),
  )?.[1];
  const commit = place.git('rev-parse', 'HEAD').trim();
  place.decide(
    'DR-SHAL0002',
    `path: model/h.py, lines: [6, 9], commit: "${commit}", digest: "${digest}"`,
  );
  place.write('model/h.py', 'a = 1\n');
  place.write('model/elsewhere.py', `b = 2\n\n${score.slice(score.indexOf('def other'))}`);
  place.land();
  place.write('model/later.py', 'c = 3\n');
  place.land();
  for (const id of ['DR-SHAL0001', 'DR-SHAL0002'])
    assert.equal(place.said(id), 'moved model/elsewhere.py:3-6');
  const clone = join(place.folder, '..', 'shallow');
  place.git('clone', '--quiet', '--depth=1', `file://${place.folder}`, clone);
  const said = (id: string): string => place.countersign(['anchors', id, '--repo', clone]).out;
  for (const id of ['DR-SHAL0001', 'DR-SHAL0002']) {
    assert.match(said(id), /\(git fetch --unshallow\), so nobody can tell whether/);
    assert.doesNotMatch(said(id), /lines were rewritten/);
  }
  place.git('-C', clone, 'fetch', '--quiet', '--unshallow');
  for (const id of ['DR-SHAL0001', 'DR-SHAL0002'])
    assert.match(said(id), /moved → model\/elsewhere\.py:3-6/);
});

test('lines and the commit in which they are counted are written together', () => {
  place.write('model/k.py', values(9));
  const commit = place.land();
  const path = place.decide('DR-COMM0001', `path: model/k.py, lines: [3, 5], commit: "${commit}"`);
  place.write('model/k.py', `import os\n${values(9)}`);
  place.countersign(['anchors', 'DR-COMM0001', '--write']);
  // No commit holds these lines there yet.
  assert.match(place.read(path), /lines: \[4, 6\]/);
  assert.doesNotMatch(place.read(path), /commit:/);
  place.decide('DR-COMM0001', `path: model/k.py, lines: [3, 5], commit: "${commit}"`);
  const head = place.land();
  place.countersign(['anchors', 'DR-COMM0001', '--write']);
  assert.ok(place.read(path).includes(`commit: ${head}`), place.read(path));
  place.land();
});

test('a digest is that of the blob: line ends, encoding and $Id$ of a checkout are none of it', () => {
  place.write(
    '.gitattributes',
    '*.ps1 eol=crlf\n*.utf text working-tree-encoding=UTF-16LE\n*.id ident\n',
  );
  place.write('model/w.ps1', 'a = 1\nb = 2\nc = 3\n');
  place.write('model/w.id', '# $Id$\nb = 2\n');
  place.land();
  place.write('model/w.ps1', 'a = 1\r\nb = 2\r\nc = 3\r\n');
  place.write('model/w.id', '# $Id: 0123456789 $\nb = 2\n');
  for (const [id, path, lines] of [
    ['DR-BLOB0001', 'model/w.ps1', '2, 2'],
    ['DR-BLOB0002', 'model/w.id', '1, 1'],
  ] as const) {
    const file = place.decide(id, `path: ${path}, lines: [${lines}]`);
    place.countersign(['anchors', id, '--write']);
    const stored = place.git('show', `HEAD:${path}`).split('\n')[Number(lines[0]) - 1];
    const digest = createHash('sha256').update(`${stored}\n`).digest('hex');
    assert.ok(place.read(file).includes(`sha256:${digest}`), place.read(file));
  }
  place.land();
});

test('a renamed file, a function in a new file and a split file are followed, and written', () => {
  hold('DR-NAME0001', 'model/a.py', values(9), '3, 4');
  hold(
    'DR-NAME0002',
    'model/util.py',
    `${score}\n\ndef long_name(x):\n    total_of_all = x + 1\n    return total_of_all\n`,
    '12, 14',
  );
  place.git('mv', 'model/a.py', 'model/b.py');
  place.write('model/util.py', score);
  place.write(
    'model/fresh.py',
    'import os\n\ndef long_name(x):\n    total_of_all = x + 1\n    return total_of_all\n',
  );
  for (const at of ['uncommitted', 'landed']) {
    if (at === 'landed') place.land();
    assert.equal(place.said('DR-NAME0001'), 'moved model/b.py:3-4', at);
    assert.equal(place.said('DR-NAME0002'), 'moved model/fresh.py:3-5', at);
  }
  assert.match(place.countersign(['trail', 'model/b.py:3']).out, /because of DR-NAME0001/);
  assert.match(
    place.countersign(['trail', 'model/b.py:3', '--at', 'HEAD']).out,
    /because of DR-NAME0001/,
  );
  const found = place.countersign(['check', '--records']).out;
  assert.match(found, /warning anchor\/moved model\/a\.py:3-4 is model\/b\.py:3-4 today/);
  assert.doesNotMatch(found, /link\/dangling/);
  place.countersign(['anchors', 'DR-NAME0001', '--write']);
  assert.equal(place.said('DR-NAME0001'), 'exact model/b.py:3-4');
  place.git('rm', '--quiet', 'model/b.py');
  place.write('model/else.py', 'import os\n'.repeat(9));
  assert.equal(place.said('DR-NAME0001'), 'lost');
  assert.doesNotMatch(place.countersign(['trail', 'model/else.py:3']).out, /DR-NAME0001/);
  place.git('checkout', '--quiet', 'HEAD', '--', 'model/b.py');
  place.land();
});

test('what is at a path is said in one way: ignored, link, other spelling, submodule', () => {
  place.write('.gitignore', 'local/\n');
  place.write('local/x.py', score);
  place.write('model/résumé.py'.normalize('NFC'), score);
  mkdirSync(join(place.folder, 'links'), { recursive: true });
  symlinkSync('../model/s.py', join(place.folder, 'links/s.py'));
  place.decide('DR-PATH0001', 'path: local/x.py, lines: [1, 2]');
  const digest = createHash('sha256').update('    return 0\n').digest('hex');
  place.decide(
    'DR-PATH0002',
    `path: "${'model/résumé.py'.normalize('NFD')}", lines: [4, 4], digest: "sha256:${digest}"`,
  );
  place.decide('DR-PATH0003', 'path: links/s.py, lines: [1, 2]');
  place.land();
  const found = place.countersign(['check', '--records']).out;
  assert.doesNotMatch(found, /DR-PATH0001.*dangling/);
  assert.equal(place.said('DR-PATH0001'), 'unproven local/x.py:1-2');
  assert.match(place.anchors('DR-PATH0003')[0]?.why ?? '', /symbolic link/);
  assert.equal(place.said('DR-PATH0002'), `moved ${'model/résumé.py'.normalize('NFC')}:4-4`);
  assert.match(place.countersign(['trail', 'MODEL/s.py:1']).err, /did you mean model\/s\.py/);
});

test('a byte-order mark and the comments of a record stay where they are', () => {
  place.write('model/m.py', score);
  const path = place.decide('DR-MARK0001', 'path: model/m.py, lines: [1, 2]', {
    before: '\ufeff',
    after: '# the end\n',
  });
  place.countersign(['anchors', 'DR-MARK0001', '--write']);
  const text = place.read(path);
  assert.ok(text.startsWith('\ufeffschema:') && text.includes('sha256:'), text);
  assert.ok(text.endsWith('# the end\n'), text);
});
