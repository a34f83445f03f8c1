import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pointedDigest } from '../../../src/core/gate/lfs-pointer.ts';

const oid = 'ab'.repeat(32);
const version = 'version https://git-lfs.github.com/spec/v1\n';
const rows: readonly (readonly [name: string, text: string, digest: string | null])[] = [
  ['as git LFS writes it', `${version}oid sha256:${oid}\nsize 7\n`, oid],
  [
    'with an extension',
    `${version}ext-0-x sha256:${'cd'.repeat(32)}\noid sha256:${oid}\nsize 7\n`,
    oid,
  ],
  [
    'of the largest size',
    `${version}x ${'y'.repeat(1024 - 130)}\noid sha256:${oid}\nsize 12\n`,
    oid,
  ],
  ['too large', `${version}x ${'y'.repeat(1024 - 129)}\noid sha256:${oid}\nsize 12\n`, null],
  ['of another version', `version https://example.org/v1\noid sha256:${oid}\nsize 7\n`, null],
  ['of another algorithm', `${version}oid md5:${oid}\nsize 7\n`, null],
  ['with upper-case digits', `${version}oid sha256:${oid.toUpperCase()}\nsize 7\n`, null],
  ['with something before it', `\n${version}oid sha256:${oid}\nsize 7\n`, null],
  ['with something after it', `${version}oid sha256:${oid}\nsize 7\nx\n`, null],
  ['with CRLF', `${version}oid sha256:${oid}\nsize 7\n`.replaceAll('\n', '\r\n'), null],
  ['of DVC', `outs:\n- md5: ${'ab'.repeat(16)}\n  path: w.bin\n`, null],
  ['nothing', '', null],
];

for (const [name, text, digest] of rows)
  test(`a pointer ${name}`, () => {
    assert.equal(pointedDigest(new TextEncoder().encode(text)), digest);
  });

test('the row about the largest size is of that size', () => {
  assert.deepEqual(
    rows.filter(([name]) => /large/.test(name)).map(([, { length }]) => length),
    [1024, 1025],
  );
});
