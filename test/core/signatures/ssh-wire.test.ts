import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  concatBytes,
  decodeBase64,
  encodeBase64,
  equalBytes,
  WireError,
  WireReader,
  wireString,
} from '../../../src/core/signatures/ssh-wire.ts';
import { bytes, framed, hex } from './ssh-writer.ts';
import { fc } from '../../drawn-inputs.ts';

test('numbers of the wire format have one form', () => {
  const rows: readonly (readonly [string, string | null])[] = [
    ['01', '01'],
    ['7f', '7f'],
    ['0080', '80'],
    ['00ff00', 'ff00'],
    ['0100', '0100'],
    // Negative, zero, and leading zeros that the sign does not need.
    ['80', null],
    ['ff', null],
    ['', null],
    ['00', null],
    ['0001', null],
    ['007f', null],
    ['000080', null],
  ];
  for (const [written, read] of rows) {
    const reader = new WireReader(framed(hex(written)));
    if (read === null) assert.throws(() => reader.positive(), WireError, written);
    else assert.deepEqual(reader.positive(), hex(read), written);
  }
});

test('names are short printable ASCII', () => {
  const rows: readonly (readonly [Uint8Array, string | null])[] = [
    [bytes('ssh-ed25519'), 'ssh-ed25519'],
    [bytes(''), ''],
    [bytes(' ~'), ' ~'],
    [bytes('x'.repeat(256)), 'x'.repeat(256)],
    [bytes('x'.repeat(257)), null],
    [bytes('a\n'), null],
    [bytes('a\0'), null],
    [bytes('a', 0x7f), null],
    [bytes('ü'), null],
  ];
  for (const [written, read] of rows) {
    const reader = new WireReader(framed(written));
    if (read === null) assert.throws(() => reader.text(), WireError);
    else assert.equal(reader.text(), read);
  }
});

test('nothing is read beyond the end', () => {
  for (const read of [
    (r: WireReader) => r.byte(),
    (r: WireReader) => r.uint32(),
    (r: WireReader) => r.string(),
    (r: WireReader) => r.take(1),
  ]) {
    assert.throws(() => read(new WireReader(new Uint8Array())), WireError);
  }
  assert.throws(() => new WireReader(hex('00000002 61')).string(), WireError);
  assert.throws(() => new WireReader(hex('ffffffff 61')).string(), WireError);
  const reader = new WireReader(hex('00000001 61 62'));
  assert.deepEqual(reader.string(), bytes('a'));
  assert.equal(reader.done, false);
  assert.equal(reader.byte(), 0x62);
  assert.equal(reader.done, true);
});

test('strings are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (parts) => {
      const reader = new WireReader(concatBytes(...parts.map(wireString)));
      for (const part of parts) assert.ok(equalBytes(reader.string(), part));
      assert.ok(reader.done);
    }),
  );
});

test('base 64 is read back, and only the one text that stands for the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (some) => {
      const text = encodeBase64(some);
      assert.equal(text, Buffer.from(some).toString('base64'));
      assert.deepEqual(decodeBase64(text), Uint8Array.from(some));
    }),
  );
  const long = new Uint8Array(100_000).fill(7);
  assert.deepEqual(decodeBase64(encodeBase64(long)), long);
  for (const text of [
    'YQ',
    'YQ=',
    'YR==',
    'Yf==',
    'YWJ=',
    'YW==b',
    'YQ==YQ==',
    'Y Q=',
    'YQ==\n',
    '=',
    '====',
    'Y===',
    'YWI',
    'YWJj-_==',
    '-',
  ])
    assert.equal(decodeBase64(text), null, text);
});
