import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DiffPlace } from '../../src/app/signed-diff.ts';
import type { PreparedSignoff } from '../../src/app/sign.ts';
import { askAnswers, askReason, confirmSigning, type Terminal } from '../../src/cli/ask.ts';
import { meaningText } from '../../src/cli/sign-text.ts';

/** A terminal at which somebody types these lines, one a question; what was asked and said is in `shown`. */
function typing(...lines: readonly string[]): {
  readonly terminal: Terminal;
  readonly shown: string[];
} {
  const shown: string[] = [];
  const left = [...lines];
  const ask = async (question: string): Promise<string> => {
    shown.push(question);
    const next = left.shift();
    assert.notEqual(next, undefined, `nobody answers ${question}`);
    return next ?? '';
  };
  return { terminal: { say: (text) => void shown.push(text), ask, close: () => {} }, shown };
}

const place = (from: string, files: readonly string[]): DiffPlace => ({ from, to: 'now', files });
const items = [
  { id: 'tests', ask: 'Do the tests pass?', must: true, by: 'signer' },
  { id: 'docs', ask: 'Do the docs tell?', must: false, by: 'signer' },
] as const;
const prepared = {
  rule: 'model-change',
  items,
  given: {},
  earlierAnswers: {},
  meaning: 'ben, as validator, lets this change land',
  movedSince: ['model/score.py'],
  diff: place('then', ['model/score.py']),
  whole: place('target', ['data/a.csv', 'model/score.py']),
  draft: { decision: 'approve' },
} as unknown as PreparedSignoff;

const answering: readonly {
  readonly name: string;
  readonly earlier: PreparedSignoff['earlierAnswers'];
  readonly lines: readonly string[];
  readonly asked: readonly RegExp[];
  readonly answers: PreparedSignoff['earlierAnswers'];
}[] = [
  {
    name: 'everything, the first time',
    earlier: {},
    lines: ['y', 'n not a word'],
    asked: [/^Do the tests pass\?/, /^Do the docs tell\?/],
    answers: { tests: { answer: 'yes' }, docs: { answer: 'no', note: 'not a word' } },
  },
  {
    name: 'only what is unanswered, where the rest still holds',
    earlier: { tests: { answer: 'yes', note: 'ran them' } },
    lines: ['', ''],
    asked: [/^Does all of this still hold\?/, /^Do the docs tell\?/],
    answers: { tests: { answer: 'yes', note: 'ran them' } },
  },
  {
    name: 'everything again, where it does not',
    earlier: { tests: { answer: 'yes' } },
    lines: ['n', 'n two fail', ''],
    asked: [/still hold/, /^Do the tests/, /^Do the docs/],
    answers: { tests: { answer: 'no', note: 'two fail' } },
  },
];

for (const { name, earlier, lines, asked, answers } of answering) {
  test(`a terminal asks ${name}`, async () => {
    const { terminal, shown } = typing(...lines);
    assert.deepEqual(await askAnswers(terminal, { ...prepared, earlierAnswers: earlier }), answers);
    const questions = shown.filter((line) => line.endsWith('] '));
    assert.equal(questions.length, asked.length, questions.join('\n'));
    for (const [at, wanted] of asked.entries()) assert.match(questions[at] ?? '', wanted);
  });
}

test('whoever rejects is asked why, once, and not where the command said it', async () => {
  const reject = {
    ...prepared,
    draft: { ...prepared.draft, decision: 'reject' },
  } as PreparedSignoff;
  assert.deepEqual(await askReason(typing('too wide to say').terminal, reject), {
    reason: { answer: 'no', note: 'too wide to say' },
  });
  assert.deepEqual(await askReason(typing('').terminal, reject), {});
  assert.deepEqual(
    await askReason(typing().terminal, {
      ...reject,
      given: { reason: { answer: 'no', note: 'said' } },
    }),
    {},
  );
  assert.deepEqual(await askReason(typing().terminal, prepared), {});
});

test('before it signs, a terminal says what the signature means, and what keeps the rule shut all the same', () => {
  assert.equal(
    meaningText(prepared, { tests: { answer: 'yes' } }),
    'Your signature means:\n  ben, as validator, lets this change land',
  );
  assert.match(
    meaningText(prepared, { tests: { answer: 'no' }, docs: { answer: 'no' } }),
    /\n {2}but it keeps model-change shut: the answer to tests is no, /,
  );
});

const reading: readonly (readonly [
  name: string,
  lines: readonly string[],
  signs: boolean,
  read: readonly string[],
])[] = [
  ['yes signs', ['y'], true, []],
  ['Enter does not', [''], false, []],
  ['neither does a word that is no answer', ['sign it'], false, []],
  ['d reads what moved since, and asks again', ['d', 'y'], true, ['then: model/score.py']],
  ['w reads the whole change', ['w', 'n'], false, ['target: data/a.csv model/score.py']],
  [
    'one file of it by a part of its name',
    ['w a.csv', 'd score', 'y'],
    true,
    ['target: data/a.csv', 'then: model/score.py'],
  ],
  ['a file that did not move is not read', ['d a.csv', 'y'], true, []],
];

for (const [name, lines, signs, read] of reading) {
  test(`what changed is one key away: ${name}`, async () => {
    const diffs: string[] = [];
    const { terminal, shown } = typing(...lines);
    assert.equal(
      await confirmSigning(
        terminal,
        prepared,
        async ({ from, files }) => (diffs.push(`${from}: ${files.join(' ')}`), ''),
      ),
      signs,
    );
    assert.deepEqual(diffs, read);
    assert.match(
      shown[0] ?? '',
      /^Sign\? \[y\/N, d shows what moved since you signed, w the whole change; d NAME one file\] $/,
    );
  });
}
