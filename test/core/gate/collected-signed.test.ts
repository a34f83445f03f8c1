import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { collectedSigned } from '../../../src/core/gate/collected-signed.ts';
import { writeSignedFile } from '../../../src/core/gate/signoff-file.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const signature = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
const signoff = (person: string, rule = 'model-change', more = ''): string =>
  writeSignedFile(
    'signoff',
    `{"rule":"${rule}","person":"${person}","digest":"v1:0123456789abcdef","nonce":"feedbeef"${more}}`,
    signature,
  );
const exception = writeSignedFile('exception', '{"rule":"model-change"}', signature);

const cases: readonly {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly paths: readonly string[];
}[] = [
  {
    name: 'a sign-off under any name gets the one that its payload asks for',
    file: 'mail-7.yaml',
    text: signoff('ben'),
    paths: ['.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml'],
  },
  {
    name: 'one that has its name keeps it',
    file: 'model-change/ben.0123456789ab.feed.yaml',
    text: signoff('ben'),
    paths: ['.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml'],
  },
  {
    name: 'several in one file',
    file: 'all.yaml',
    text: signoff('ben') + signoff('cy', 'policy-change') + exception,
    paths: [
      '.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml',
      '.countersign/signoffs/policy-change/cy.0123456789ab.feed.yaml',
      '.countersign/exceptions/EX-16EFC0C663D0.yaml',
    ],
  },
  {
    name: 'line ends of another system',
    file: 'a.yaml',
    text: signoff('ben').replaceAll('\n', '\r\n'),
    paths: ['.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml'],
  },
  {
    name: 'an exception keeps an id that it was given',
    file: 'sent/EX-WAGE01.yaml',
    text: exception,
    paths: ['.countersign/exceptions/EX-WAGE01.yaml'],
  },
  {
    name: 'words before a sign-off are judged for themselves',
    file: 'mail.yaml',
    text: `Here it is:\n${signoff('ben')}`,
    paths: [
      '.countersign/signoffs/mail.yaml',
      '.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml',
    ],
  },
  {
    name: 'the beginning of a sign-off inside a payload begins none',
    file: 'a.yaml',
    text: signoff('ben', 'model-change', ',"note":"schema: countersign/signoff@1"'),
    paths: ['.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml'],
  },
  {
    name: 'what is nothing signed keeps its name, and is judged by it',
    file: 'notes.yaml',
    text: 'hello\n',
    paths: ['.countersign/signoffs/notes.yaml'],
  },
  {
    name: 'a payload that is no JSON gets no name',
    file: 'a.yaml',
    text: writeSignedFile('signoff', '{x}', signature),
    paths: ['.countersign/signoffs/a.yaml'],
  },
  {
    name: 'a payload without a name gets none',
    file: 'a.yaml',
    text: writeSignedFile('signoff', '{"rule":1}', signature),
    paths: ['.countersign/signoffs/a.yaml'],
  },
  {
    name: 'a mark of byte order stays, and makes it no sign-off',
    file: 'a.yaml',
    text: `\ufeff${signoff('ben')}`,
    paths: ['.countersign/signoffs/a.yaml'],
  },
  {
    name: 'a line that only begins as a sign-off does begins none',
    file: 'a.yaml',
    text: `x\nschema: countersign/signoff@10\n${signoff('ben')}`,
    paths: [
      '.countersign/signoffs/a.yaml',
      '.countersign/signoffs/model-change/ben.0123456789ab.feed.yaml',
    ],
  },
  {
    name: 'several, of which the first has a mark of byte order',
    file: 'a.yaml',
    text: `\ufeff${signoff('ben')}${signoff('cy')}`,
    paths: [
      '.countersign/signoffs/a.yaml',
      '.countersign/signoffs/model-change/cy.0123456789ab.feed.yaml',
    ],
  },
  {
    name: 'a payload whose rule is a number gets no name',
    file: 'a.yaml',
    text: writeSignedFile(
      'signoff',
      '{"rule":5,"person":"ben","digest":"v1:0123456789abcdef","nonce":"feedbeef"}',
      signature,
    ),
    paths: ['.countersign/signoffs/a.yaml'],
  },
  {
    name: 'a payload that asks for a folder gets none',
    file: 'a.yaml',
    text: signoff('../../model'),
    paths: ['.countersign/signoffs/a.yaml'],
  },
];

for (const { name, file, text, paths } of cases) {
  test(`collected: ${name}`, () => {
    const found = collectedSigned(file, bytes(text));
    assert.deepEqual(
      found.map(({ path }) => path),
      paths,
    );
    assert.equal(
      found
        .map((each) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(each.bytes))
        .join(''),
      text,
    );
  });
}

test('bytes that are no text stay as they are, in a plain file', () => {
  assert.deepEqual(collectedSigned('a.yaml', Uint8Array.of(0x61, 0xff)), [
    { path: '.countersign/signoffs/a.yaml', mode: '100644', bytes: Uint8Array.of(0x61, 0xff) },
  ]);
});
