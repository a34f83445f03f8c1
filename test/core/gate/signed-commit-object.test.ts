import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { parseCommit } from '../../../src/core/gate/commit-object.ts';
import { armour, bytes, header, written } from './commit-texts.ts';

const signed = `${armour.join('\n')}\n`;

const signatures: readonly (readonly [
  name: string,
  text: string,
  armoured: string | null,
  payload: string,
])[] = [
  ['none', written(), null, ''],
  ['one', written({ more: header('gpgsig') }), signed, written()],
  [
    'one, ended by blank lines',
    written({ more: header('gpgsig', [...armour, '', '']) }),
    signed,
    written(),
  ],
  [
    'one between other headers',
    written({ more: `x y\n${header('gpgsig')}encoding z\n` }),
    signed,
    written({ more: 'x y\nencoding z\n' }),
  ],
  [
    'one, and one for the other kind of name',
    written({ more: header('gpgsig') + header('gpgsig-sha256', ['x', 'y']) }),
    signed,
    written(),
  ],
  ['one for the other kind of name alone', written({ more: header('gpgsig-sha256') }), null, ''],
  [
    'one in a repository with longer names',
    written({ tree: 'a'.repeat(64), more: header('gpgsig-sha256') + header('gpgsig', ['x']) }),
    signed,
    written({ tree: 'a'.repeat(64) }),
  ],
  [
    'one, and a header that speaks of one',
    written({ more: `${header('gpgsig')}note gpgsig x\n` }),
    signed,
    written({ more: 'note gpgsig x\n' }),
  ],
  ['two', written({ more: header('gpgsig') + header('gpgsig') }), null, ''],
  ['in the message', written({ message: `x\n\n${header('gpgsig')}` }), null, ''],
  [
    'one, and bytes that are not UTF-8',
    written({ more: header('gpgsig'), message: 'x \xff\n' }),
    signed,
    written({ message: 'x \xff\n' }),
  ],
  [
    'one, without a message',
    written({ more: header('gpgsig'), message: null }),
    signed,
    written({ message: null }),
  ],
];

for (const [name, text, armoured, payload] of signatures) {
  test(`signatures of a commit: ${name}`, () => {
    const found = parseCommit(bytes(text))?.signature ?? null;
    assert.equal(found?.armoured ?? null, armoured);
    if (found !== null) assert.equal(Buffer.from(found.payload).toString('latin1'), payload);
  });
}
