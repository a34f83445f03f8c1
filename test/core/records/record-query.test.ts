import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparableText, normalText } from '../../../src/core/comparable-text.ts';
import {
  answers,
  momentOfAge,
  parseWhere,
  sortedBy,
} from '../../../src/core/records/record-query.ts';
import { searchScore } from '../../../src/core/records/search-records.ts';
import { valuesAt } from '../../../src/core/records/values-at.ts';

const risks = ['low', 'medium', 'high', 'critical'];

const record = {
  id: 'FB-LIST0001',
  title: 'The wage\u00a0of  women in Zürich',
  body: 'It said "no".\nTurned\ndown at C:\\data, café',
  status: 'new',
  risk: 'medium',
  received_at: '2026-03-01T09:00:00+02:00',
  review_by: '2026-03-01',
  priority: { impact: 2 },
  targets: [{ metric: 'recall', value: 0.8 }, { metric: 'fpr' }],
  trail: { code: [{ path: 'model/s.py', lines: [1, 3] }] },
  contributors: [{ name: 'Zoë', credit: true }],
  history: [{ at: '2026-02-01T00:00:00Z' }, { at: '2026-04-01T00:00:00Z' }],
};

const questions: readonly (readonly [where: string, holds: boolean])[] = [
  ['trail.code.path=model/s.py', true],
  ['trail.code.path=model/t.py', false],
  ['trail.code.0.path=model/s.py', true],
  ['trail.code.1.path=model/s.py', false],
  ['trail.code.lines=3', true],
  ['trail.code.path!=model/s.py', false],
  ['targets.metric=recall', true],
  ['targets.metric=fpr', true],
  ['targets.metric!=auc', true],
  ['targets.value>0.7', true],
  ['targets.value>0.8', false],
  ['targets.value>=0.8', true],
  ['contributors.name=Zoë', true],
  ['contributors.name=Zoe\u0308', true],
  ['contributors.name~zoË', true],
  ['contributors.name=zoë', false],
  ['contributors.credit=true', true],
  ['priority.impact=2.0', true],
  ['priority.impact<3', true],
  ['priority.impact>10', false],
  ['priority.effort=', true],
  ['priority.effort!=', false],
  ['priority.effort<3', false],
  ['priority.effort!=3', true],
  ['received_at<2026-03-01T07:30:00Z', true],
  ['received_at<2026-03-01T06:30:00Z', false],
  ['received_at=2026-03-01T07:00:00Z', true],
  ['received_at>2026-02-28', true],
  ['review_by<=2026-03-01', true],
  ['history.at>2026-03-15', true],
  ['history.at>2026-05-15', false],
  ['risk>low', true],
  ['risk>high', false],
  ['risk<critical', true],
  ['title~WOMEN wage', true],
  ['title~wage of women', true],
  ['body~turned down', true],
  ['title~man wage', false],
];

for (const [text, holds] of questions)
  test(`--where ${text}: ${holds}`, () => {
    const where = parseWhere(text);
    assert.ok(where);
    assert.equal(answers(record, where, where.key === 'risk' ? risks : null), holds);
  });

test('what is no question is none', () => {
  for (const text of ['status', '=new', '', '>3', ' =x']) assert.equal(parseWhere(text), null);
  assert.deepEqual(parseWhere('title=a=b'), { key: 'title', operator: '=', wanted: 'a=b' });
  assert.deepEqual(parseWhere('at >= x'), { key: 'at', operator: '>=', wanted: 'x' });
});

type Dated = {
  readonly id: string;
  readonly at?: string;
  readonly risk?: string;
  readonly n?: readonly number[];
};

const dated: readonly Dated[] = [
  { id: 'a', at: '2026-03-01T09:00:00+02:00', risk: 'high', n: [3, 9] },
  { id: 'b', at: '2026-03-01T08:30:00Z', risk: 'critical', n: [5] },
  { id: 'c' },
  { id: 'd', at: '2026-03-01T07:30:00Z', risk: 'low', n: [] },
];

const orders: readonly (readonly [sort: string, order: string])[] = [
  ['at', 'adbc'],
  ['-at', 'bdac'],
  ['risk', 'dabc'],
  ['-risk', 'badc'],
  ['n', 'abcd'],
  ['-n', 'abcd'],
  ['id', 'abcd'],
  ['-id', 'dcba'],
];

for (const [sort, order] of orders)
  test(`--sort ${sort}: ${order}`, () => {
    const levels = sort.endsWith('risk') ? risks : null;
    assert.equal(
      sortedBy(dated, { sort, of: (item) => item, levels })
        .map(({ id }) => id)
        .join(''),
      order,
    );
  });

const searches: readonly (readonly [words: string, found: boolean])[] = [
  ['wage women', true],
  ['WAGE', true],
  ['wag', true],
  ['wgae', true],
  ['wages', true],
  ['wagge womn', true],
  ['wagon', false],
  ['"no"', true],
  ['C:\\data', true],
  ['{', false],
  ['received_at', false],
  ['nturned', false],
  ['turned down', true],
  ['cafe\u0301', true],
  ['CAFÉ', true],
  ['zoe\u0308', true],
  ['ZÜRICH', true],
  ['FB-LIST0001', true],
  ['fb-list0001', true],
  ['medium', false],
  ['oman', false],
  ['omen', true],
  ['on', false],
];

for (const [words, found] of searches)
  test(`--search ${words}: ${found}`, () => {
    assert.equal(searchScore(record, words) > 0, found);
  });

test('the best answer is the whole word in the title, then its beginning, a part, a slip; a body says less', () => {
  const score = (title: string, body = ''): number => searchScore({ title, body }, 'wage');
  const scores = [
    score('wage'),
    score('wages'),
    score('minwage'),
    score('wgae'),
    score('', 'wgae'),
  ];
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(scores).size, scores.length);
});

test('an age names the moment that lies so far back, or ahead with a plus', () => {
  const now = new Date('2026-03-31T12:00:00Z');
  const rows: readonly (readonly [age: string, moment: string | null])[] = [
    ['30d', '2026-03-01T12:00:00.000Z'],
    ['-30d', '2026-03-01T12:00:00.000Z'],
    ['+1d', '2026-04-01T12:00:00.000Z'],
    ['12h', '2026-03-31T00:00:00.000Z'],
    ['2w', '2026-03-17T12:00:00.000Z'],
    ['0d', '2026-03-31T12:00:00.000Z'],
    ['30', null],
    ['30m', null],
    ['1.5d', null],
    ['d', null],
    ['123456d', null],
    ['30d ago', null],
  ];
  for (const [age, moment] of rows) assert.equal(momentOfAge(age, now), moment, age);
});

test('texts compare whatever their Unicode form, white space and case', () => {
  const same: readonly (readonly [a: string, b: string])[] = [
    ['café', 'CAFE\u0301'],
    ['turned\u00a0down', 'Turned \n down'],
    ['STRASSE', 'Straße'],
    ['co\u00adoperate\u200b', 'cooperate'],
    ['ΟΔΟΣ', 'οδος'],
  ];
  for (const [a, b] of same) assert.equal(comparableText(a), comparableText(b));
  assert.notEqual(comparableText('cafe'), comparableText('café'));
  assert.equal(normalText('Zoe\u0308'), 'Zoë');
});

test('values stand at a key through lists of lists, and a key of the prototype is none', () => {
  assert.deepEqual(valuesAt({ groups: [['a', 'b'], ['c']] }, 'groups'), ['a', 'b', 'c']);
  assert.deepEqual(valuesAt({ a: [{ b: 1 }, { b: [{ c: 2 }] }] }, 'a.b.c'), [2]);
  assert.deepEqual(valuesAt({ a: null }, 'a'), []);
  assert.deepEqual(valuesAt({ a: 1 }, 'constructor.name'), []);
});
