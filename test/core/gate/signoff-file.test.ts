import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  payloadBytes,
  readSignedFile,
  writeSignedFile,
} from '../../../src/core/gate/signoff-file.ts';

const json = '{"a":1}';
const armour = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
const whole = writeSignedFile('signoff', json, armour);
const lines = whole.split('\n');
const withLine = (number: number, line: string): string => lines.with(number - 1, line).join('\n');

test('a signed file is written in its one form, and read back', () => {
  assert.equal(
    whole,
    `schema: countersign/signoff@1\npayload: |\n  model-signoff@1\n  ${json}\nsignature: |\n  -----BEGIN SSH SIGNATURE-----\n  AAAA\n  -----END SSH SIGNATURE-----\n`,
  );
  assert.equal(writeSignedFile('signoff', json, `${armour.replaceAll('\n', ' \r\n')}\n`), whole);
  for (const text of [whole, whole.replaceAll('\n', '\r\n')])
    assert.deepEqual(readSignedFile('signoff', Buffer.from(text)), {
      ok: true,
      payload: payloadBytes('signoff', json),
      json,
      signature: armour,
    });
  assert.equal(
    new TextDecoder().decode(payloadBytes('exception', json)),
    `model-exception@1\n${json}\n`,
  );
  const exception = readSignedFile(
    'exception',
    Buffer.from(writeSignedFile('exception', json, 'x\n')),
  );
  assert.deepEqual(exception, {
    ok: true,
    payload: payloadBytes('exception', json),
    json,
    signature: 'x\n',
  });
});

const refused: readonly (readonly [
  name: string,
  text: string | Uint8Array,
  line: number,
  why: RegExp,
])[] = [
  ['nothing', '', 1, /line 1 must be "schema: countersign\/signoff@1"/],
  ['no last line feed', whole.slice(0, -1), 1, /do not all end alike/],
  ['one end of another system', whole.replace('\n', '\r\n'), 1, /do not all end alike/],
  [
    'a lone line feed among lines of another system',
    whole.replaceAll('\n', '\r\n').replace('{"', '{\n"'),
    1,
    /do not all end alike/,
  ],
  ['a lone carriage return', withLine(4, `  {"a":"\r"}`), 1, /do not all end alike/],
  [
    'bytes that are not UTF-8',
    Buffer.concat([Buffer.from(whole), Buffer.from([0xff, 10])]),
    1,
    /not UTF-8/,
  ],
  ['a mark of byte order', `\ufeff${whole}`, 1, /line 1 must be/],
  ['another kind', writeSignedFile('exception', json, armour), 1, /line 1 must be/],
  ['another second line', withLine(2, 'payload: >'), 2, /line 2 must be "payload: \|"/],
  [
    'the head of another kind',
    withLine(3, '  model-exception@1'),
    3,
    /line 3 must be " {2}model-signoff@1"/,
  ],
  ['a payload further in', withLine(4, `   ${json}`), 4, /line 4 must be the payload/],
  ['a payload that is no object', withLine(4, '  [1]'), 4, /line 4 must be the payload/],
  [
    'a payload that goes on after its object',
    withLine(4, `  ${json} #`),
    4,
    /line 4 must be the payload/,
  ],
  ['a payload that does not end', withLine(4, '  {"a":1'), 4, /line 4 must be the payload/],
  ['a payload of three lines', withLine(4, `  ${json}\n  more`), 5, /line 5 must be/],
  ['another fifth line', withLine(5, 'signature: >'), 5, /line 5 must be/],
  ['no signature', `${lines.slice(0, 5).join('\n')}\n`, 6, /must be a block/],
  ['a signature of which the first line is not indented', withLine(6, 'x'), 6, /must be a block/],
  [
    'a signature of which a line is not indented enough',
    withLine(7, ' AAAA'),
    7,
    /must be a block/,
  ],
  ['a signature with an empty line', withLine(7, ''), 7, /must be a block/],
  ['a signature with a line of spaces', withLine(7, '  '), 7, /must be a block/],
  ['something after the signature', `${whole}more: 1\n`, 9, /nothing may follow/],
];

for (const [name, text, line, why] of refused) {
  test(`a signed file with ${name} is none`, () => {
    const read = readSignedFile('signoff', Buffer.from(text as string));
    assert.ok(!read.ok);
    assert.equal(read.line, line);
    assert.match(read.why, why);
  });
}

test('a signed file has 1 MiB at most', () => {
  const least = writeSignedFile('signoff', '{""}', armour).length;
  const file = (size: number): Uint8Array =>
    Buffer.from(writeSignedFile('signoff', `{"${'x'.repeat(size - least)}"}`, armour));
  assert.equal(file(1024 * 1024).length, 1024 * 1024);
  assert.equal(readSignedFile('signoff', file(1024 * 1024)).ok, true);
  assert.deepEqual(readSignedFile('signoff', file(1024 * 1024 + 1)), {
    ok: false,
    why: 'it is larger than 1 MiB',
    line: 1,
  });
});
