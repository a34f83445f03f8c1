/** Answers to a checklist out of a file, and what is said of those that keep a rule shut. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openWorkplace, policyOf, type Ran, type Workplace } from './command-line.ts';

const policy = policyOf(
  ['ada', 'ben', 'cy'],
  `roles: {validator: [ben], policy-admin: [ada, cy]}
rules:
  - id: model-change
    paths: ["model/**"]
    checklist: model-change
    require:
      - {role: validator, count: 1, independent: true}
`,
);
const checklist = `schema: countersign/checklist@1
name: model-change
items:
  - {id: harm, ask: Was harm to groups looked at?, by: signer, must: true}
  - {id: rollback, ask: Is there a way back?, by: signer, must: true}
  - {id: docs, ask: Do the docs tell?, by: signer, must: false}
`;

let place: Workplace;

before(() => {
  place = openWorkplace();
  place.write('model/score.py', 'BAR = 0.5\n');
  place.write('.countersign/policy.yaml', policy);
  place.write('.countersign/checklists/model-change.yaml', checklist);
  place.write('.countersign/allowed_signers', place.signers(['ada', 'ben', 'cy']));
  place.commit('Start', 'cy');
  place.git('switch', '--quiet', '--create', 'change');
  place.write('model/score.py', 'BAR = 0.4\n');
  place.commit('Lower the bar', 'ada');
});

after(() => place.remove());

function signWith(answers: string): Ran {
  place.write('answers.yaml', answers);
  const ran = place.countersign(
    [
      'sign',
      '--range',
      'main...HEAD',
      '--key',
      place.key('ben'),
      '--answers',
      'answers.yaml',
      '--print',
    ],
    'ben',
  );
  if (ran.code !== 0) return ran;
  const signed = place.countersign(
    ['sign', '--range', 'main...HEAD', '--key', place.key('ben'), '--answers', 'answers.yaml'],
    'ben',
  );
  place.git('reset', '--quiet', '--hard');
  return signed;
}

const rows: readonly (readonly [what: string, answers: string, code: number, says: RegExp])[] = [
  [
    'a mistyped item',
    'harm: yes\nrolback: yes\n',
    2,
    /answers\.yaml answers rolback, and no checklist has an item of that name \(sign\/unknown-item\)\n {2}did you mean rollback\?/,
  ],
  [
    'an item of nothing',
    'harm: yes\nrollback: yes\nweather: yes\n',
    2,
    /answers weather, [^]*the items are harm, rollback, docs/,
  ],
  ['an item that is absent', 'harm: yes\n', 2, /add rollback to answers\.yaml/],
  [
    'no to what must be settled',
    'harm: yes\nrollback: no\ndocs: no\n',
    0,
    /\(approve\): [^\n]*\nit keeps model-change shut: the answer to rollback is no, and must be yes, or not-applicable with a note; once that is settled, sign again\n/,
  ],
];

for (const [what, answers, code, says] of rows) {
  test(`answers: ${what}`, () => {
    const ran = signWith(answers);
    assert.equal(ran.code, code, ran.err);
    assert.match(ran.out + ran.err, says);
  });
}

test('answers that settle everything are signed without a word', () => {
  const { code, out } = signWith(
    'harm: yes\nrollback: {answer: not-applicable, note: the model is not served}\ndocs: no\n',
  );
  assert.equal(code, 0);
  assert.doesNotMatch(out, /keeps .* shut/);
});
