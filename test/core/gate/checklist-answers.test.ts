import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { unansweredItems } from '../../../src/core/gate/checklist-answers.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import type { Checklist } from '../../../src/core/records/checklist.ts';
import { payloadOf } from './values.ts';

type Item = Checklist['items'][number];
const item = (id: string, by: Item['by'], more: Partial<Item> = {}): Item => ({
  id,
  ask: '?',
  must: true,
  by,
  ...more,
});
const given = (
  person: string,
  role: string,
  answers: SignoffPayload['answers'] = {},
): SignoffPayload => payloadOf(person, { role, answers });
const yes = { answer: 'yes' } as const;
const no = { answer: 'no' } as const;
const [authors, signers, all] = [item('a', 'author'), item('s', 'signer'), item('b', 'both')];
const reserved = item('e', 'signer', { roles: ['ethics'] });
const optional = item('o', 'both', { must: false });

type Row = {
  readonly name: string;
  readonly items: readonly Item[];
  readonly signed: readonly SignoffPayload[];
  readonly authors?: readonly string[];
  readonly nobody?: boolean;
  readonly open: readonly (readonly [id: string, by: string, answer: string])[];
};
const rows: readonly Row[] = [
  {
    name: 'nobody signed',
    items: [authors, signers, all],
    signed: [],
    open: [
      ['a', 'author', 'none'],
      ['b', 'author', 'none'],
    ],
  },
  {
    name: 'the author answered',
    items: [authors, all],
    signed: [given('ada', 'author', { a: yes, b: yes })],
    open: [],
  },
  {
    name: 'the author signed as owner, and answers as both',
    items: [authors, signers, all],
    signed: [given('ada', 'model-owner', { a: yes, s: yes, b: yes })],
    open: [],
  },
  {
    name: 'a signer does not answer for the author',
    items: [authors],
    signed: [given('ben', 'validator', { a: yes })],
    open: [['a', 'author', 'none']],
  },
  {
    name: 'one of two authors answered',
    items: [authors],
    signed: [given('cy', 'author', { a: yes })],
    authors: ['ada', 'cy'],
    open: [],
  },
  {
    name: 'the author does not answer for a signer',
    items: [signers],
    signed: [given('ada', 'author', { s: yes }), given('ben', 'validator')],
    open: [['s', 'ben', 'none']],
  },
  {
    name: 'each signer answers',
    items: [signers, all],
    signed: [
      given('ada', 'author', { b: yes }),
      given('ben', 'validator', { s: yes, b: yes }),
      given('cy', 'validator', { s: yes }),
    ],
    open: [['b', 'cy', 'none']],
  },
  {
    name: 'an item of another role',
    items: [reserved],
    signed: [given('ben', 'validator')],
    open: [],
  },
  {
    name: 'an item of the signer’s role',
    items: [reserved],
    signed: [given('dee', 'ethics')],
    open: [['e', 'dee', 'none']],
  },
  {
    name: 'what need not be answered',
    items: [optional],
    signed: [given('ben', 'validator', { o: no })],
    open: [],
  },
  {
    name: 'a no',
    items: [signers],
    signed: [given('ben', 'validator', { s: no })],
    open: [['s', 'ben', 'no']],
  },
  {
    name: 'a no of one of two authors',
    items: [authors],
    signed: [given('ada', 'author', { a: yes }), given('cy', 'author', { a: no })],
    authors: ['ada', 'cy'],
    open: [['a', 'author', 'no']],
  },
  {
    name: 'a no of somebody who did not have to answer',
    items: [authors],
    signed: [given('ada', 'author', { a: yes }), given('ben', 'validator', { a: no })],
    open: [['a', 'ben', 'no']],
  },
  {
    name: 'a no of somebody who did not have to answer what is open anyway',
    items: [authors],
    signed: [given('ben', 'validator', { a: no })],
    open: [
      ['a', 'author', 'none'],
      ['a', 'ben', 'no'],
    ],
  },
  {
    name: 'a second no to the same',
    items: [authors],
    signed: [given('ada', 'author', { a: no }), given('ben', 'validator', { a: no })],
    open: [['a', 'author', 'no']],
  },
  {
    name: 'a no to one item hides none to another',
    items: [authors, item('x', 'author')],
    signed: [given('ada', 'author', { a: no, x: yes }), given('ben', 'validator', { x: no })],
    open: [
      ['a', 'author', 'no'],
      ['x', 'ben', 'no'],
    ],
  },
  {
    name: 'not applicable, with a reason',
    items: [authors],
    signed: [given('ada', 'author', { a: { answer: 'not-applicable', note: 'no data' } })],
    open: [],
  },
  {
    name: 'not applicable, with a blank',
    items: [authors],
    signed: [given('ada', 'author', { a: { answer: 'not-applicable', note: ' \n' } })],
    open: [['a', 'author', 'without-reason']],
  },
  {
    name: 'not applicable, without a word',
    items: [authors],
    signed: [given('ada', 'author', { a: { answer: 'not-applicable' } })],
    open: [['a', 'author', 'without-reason']],
  },
  {
    name: 'an item that every object has',
    items: [item('toString', 'author')],
    signed: [given('ada', 'author')],
    open: [['toString', 'author', 'none']],
  },
  {
    name: 'no author is a person: the owner answers for them',
    items: [authors],
    signed: [given('ada', 'model-owner', { a: yes }), given('ben', 'validator')],
    authors: [],
    open: [],
  },
  {
    name: 'no author is a person: where an owner signed, no other answers',
    items: [authors],
    signed: [given('ada', 'model-owner'), given('ben', 'validator', { a: yes })],
    authors: [],
    open: [['a', 'author', 'none']],
  },
  {
    name: 'no author is a person, and no owner: any signer answers',
    items: [authors],
    signed: [given('ben', 'validator', { a: yes })],
    authors: [],
    open: [],
  },
  {
    name: 'a rule that asks nobody',
    items: [authors, signers, all, reserved],
    signed: [given('ada', 'author', { a: yes, b: yes })],
    nobody: true,
    open: [
      ['s', 'signer', 'none'],
      ['b', 'signer', 'none'],
    ],
  },
  {
    name: 'a rule that asks nobody, and somebody came',
    items: [signers],
    signed: [given('ben', 'validator', { s: yes })],
    nobody: true,
    open: [],
  },
];

for (const { name, items, signed, authors: wrote = ['ada'], nobody = false, open } of rows) {
  test(`what a checklist leaves open: ${name}`, () => {
    const found = unansweredItems(
      { schema: 'countersign/checklist@1', name: 'c', items },
      signed,
      new Set(wrote),
      nobody,
    );
    assert.deepEqual(
      found.map(({ id, by, answer }) => [id, by, answer]),
      open,
    );
  });
}
