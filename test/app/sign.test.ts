import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PreparedSignoff, prepareSignoffs } from '../../src/app/sign.ts';
import { openRepository } from '../../src/node/repository.ts';
import { type Beginning, ModelRepo, type PayloadChanges } from '../gate/kit/model-repo.ts';
import { checklistText, policyValue } from '../gate/kit/policy.ts';

/** How often the signed files of a tree are listed while a person's sign-offs are prepared, and for how many rules. */
async function readings(
  repo: ModelRepo,
  rule?: string,
): Promise<{ readonly rules: readonly string[]; readonly listed: number }> {
  const opened = await openRepository(repo.dir);
  let listed = 0;
  const list: typeof opened.git.list = (tree, under) => {
    if (under.some((folder) => folder.startsWith('.countersign/signoffs'))) listed++;
    return opened.git.list(tree, under);
  };
  const drafts = await prepareSignoffs(
    { ...opened, git: { ...opened.git, list } },
    {
      source: { kind: 'range', from: 'main', to: 'change' },
      person: 'ada',
      rule,
      decision: 'approve',
    },
  );
  return { rules: drafts.map((draft) => draft.rule), listed };
}

test('signed files are read once, however many rules wait for a person', async () => {
  const repo = await ModelRepo.make({ upTo: 'both' });
  repo.write('.gitattributes', '*.py text\n');
  await repo.commit('say what is text', 'ada');
  const one = await readings(repo, 'model-change');
  const all = await readings(repo);
  assert.deepEqual(one.rules, ['model-change']);
  assert.deepEqual(all.rules.toSorted(), ['model-change', 'repository-settings']);
  assert.ok(one.listed > 0);
  assert.equal(all.listed, one.listed);
});

const items = `schema: countersign/checklist@1
name: model-change
items:
  - {id: tests-pass, ask: Do the tests pass?, must: true, by: both}
  - {id: docs, ask: Do the docs tell?, must: false, by: signer}
`;

/** What is prepared for a person over the usual change, after something that was signed before. */
async function prepared(
  person: string,
  play: (repo: ModelRepo) => Promise<unknown>,
  beginning: Beginning = {},
): Promise<PreparedSignoff> {
  const repo = await ModelRepo.make({ checklist: items, ...beginning, upTo: 'change' });
  await play(repo);
  const [draft] = await prepareSignoffs(await openRepository(repo.dir), {
    source: { kind: 'range', from: 'main', to: 'change' },
    person,
    rule: 'model-change',
    decision: 'approve',
  });
  assert.ok(draft);
  return draft;
}

const signed = (payload: PayloadChanges) => (repo: ModelRepo) =>
  repo.signoff('ben', 'validator', { payload });
const yes = { answer: 'yes' };

const earlier: readonly {
  readonly name: string;
  readonly play: (repo: ModelRepo) => Promise<unknown>;
  readonly kept: readonly string[];
}[] = [
  {
    name: 'what was answered',
    play: signed({ answers: { 'tests-pass': yes, docs: { answer: 'no' } } }),
    kept: ['tests-pass', 'docs'],
  },
  { name: 'one of two', play: signed({ answers: { docs: yes } }), kept: ['docs'] },
  {
    name: 'a no that keeps the rule shut',
    play: signed({ answers: { 'tests-pass': { answer: 'no', note: 'two fail' }, docs: yes } }),
    kept: ['docs'],
  },
  {
    name: 'what does not apply, without a reason',
    play: signed({ answers: { 'tests-pass': { answer: 'not-applicable' } } }),
    kept: [],
  },
  {
    name: 'what does not apply, with one',
    play: signed({
      answers: { 'tests-pass': { answer: 'not-applicable', note: 'there is no code' } },
    }),
    kept: ['tests-pass'],
  },
  {
    name: 'what nobody asks any more',
    play: signed({ answers: { 'tests-pass': yes, weather: yes } }),
    kept: ['tests-pass'],
  },
  {
    name: 'a reject',
    play: signed({ decision: 'reject', answers: { docs: { answer: 'no', note: 'not a word' } } }),
    kept: [],
  },
  // The same name may ask another question now.
  {
    name: 'a checklist that changed since',
    play: async (repo) => {
      await signed({ answers: { 'tests-pass': yes } })(repo);
      await repo.onMain(
        '.countersign/checklists/model-change.yaml',
        items.replace('Do the tests pass?', 'Did you look at every group?'),
      );
    },
    kept: [],
  },
];

for (const { name, play, kept } of earlier) {
  test(`of what was signed before, what needs no second answer: ${name}`, async () => {
    assert.deepEqual(Object.keys((await prepared('ben', play)).earlierAnswers), kept);
  });
}

test('a signer other than the authors may vouch for whom nobody knows', async () => {
  const play = (repo: ModelRepo): Promise<void> =>
    repo.change('mallory', 'def score(row):\n    return 1\n');
  assert.deepEqual((await prepared('ben', play)).strangers, ['mallory@example.org']);
  assert.deepEqual((await prepared('ada', play)).strangers, []);
  assert.deepEqual((await prepared('ben', async () => {})).strangers, []);
});

test('what was promised is offered to whom it was promised, and to the others of the role', async () => {
  const promised = async (repo: ModelRepo): Promise<void> => {
    await repo.both({
      payload: { conditions: [{ text: 'rehearse the rollback', owner: 'ada', due: '2026-11-20' }] },
    });
    await repo.land('change-2');
    await repo.git('branch', '-f', 'change', 'change-2');
    await repo.git('switch', '-q', 'change');
    await repo.change('ada', 'def score(row):\n    return 1\n');
  };
  const roles = {
    'model-owner': ['ada'],
    validator: ['ben', 'cy'],
    ethics: ['dee'],
    'policy-admin': ['eve', 'fay'],
  };
  const texts = async (person: string): Promise<readonly string[]> =>
    (
      await prepared(person, promised, { policy: policyValue({ roles }), checklist: checklistText })
    ).promises.map(({ by, state }) => `${by} ${state}`);
  assert.deepEqual(await texts('cy'), ['ben overdue']);
  assert.deepEqual(await texts('ada'), ['ada overdue']);
});

test('the meaning of a reject is that it holds whatever the bytes, and how it is taken back; only an approval is of these bytes alone', async () => {
  const repo = await ModelRepo.make({ upTo: 'change' });
  const repository = await openRepository(repo.dir);
  const meanings = await Promise.all(
    (['approve', 'reject', 'withdraw'] as const).map(
      async (decision) =>
        (
          await prepareSignoffs(repository, {
            source: { kind: 'range', from: 'main', to: 'change' },
            person: 'ben',
            rule: 'model-change',
            decision,
          })
        )[0]?.meaning ?? '',
    ),
  );
  assert.deepEqual(
    meanings.map((meaning) => /and no others/.test(meaning)),
    [true, false, false],
  );
  assert.match(
    meanings[1] ?? '',
    /^ben, as validator, stops this change on main under model-change, whatever its bytes become, .* until ben approves what is there then \(countersign sign --range main\.\.\.change --rule model-change\), or takes it back \(countersign sign --range main\.\.\.change --withdraw --rule model-change\)$/,
  );
  assert.match(meanings[2] ?? '', /^ben, as validator, takes back what they signed before/);
});

test('the meaning says what else is signed', async () => {
  const repo = await ModelRepo.make({ upTo: 'change' });
  const [draft] = await prepareSignoffs(await openRepository(repo.dir), {
    source: { kind: 'range', from: 'main', to: 'change' },
    person: 'ben',
    decision: 'approve',
    vouches: ['mallory@example.org'],
    conditions: [{ text: 'rehearse', owner: 'ada', due: '2999-12-01' }],
  });
  assert.match(
    draft?.meaning ?? '',
    /^ben, as validator, lets this change land on main .*, and no others; ben knows that mallory@example\.org is a person's, who wrote part of it; on the condition that ada does this by 2999-12-01: rehearse$/,
  );
});
