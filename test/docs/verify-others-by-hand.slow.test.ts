import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelRepository, signedText } from '../audit/model-repository.ts';
import { change, typed } from './typed.ts';

const others: Readonly<
  Record<
    string,
    {
      readonly make: (repository: ModelRepository) => Promise<unknown>;
      readonly lacks: readonly RegExp[];
      readonly says: readonly RegExp[];
    }
  >
> = {
  'a landing without a sign-off': {
    make: async () => {},
    lacks: [/^NOT /m, /fatal:/, /^an approval/m],
    says: [
      /^no sign-off came with this landing/m,
      /^no signature$/m,
      /^nobody signed what landed: v1:/m,
      /^no evidence is listed$/m,
      /^no sign-off is over what landed/m,
      /Merge change: approved by NOBODY$/m,
    ],
  },
  'answers of the author': {
    make: (repository) => repository.sign('ada', 'author'),
    lacks: [/^an approval/m],
    says: [
      /^NO approval: ada answers as an author/m,
      /^what landed is what ada signed: approve as author$/m,
      /Merge change: approved by NOBODY, approve of ada as author$/m,
    ],
  },
  'a withdrawal': {
    make: (repository) => repository.sign('ben', 'validator', { over: { decision: 'withdraw' } }),
    lacks: [/^an approval/m],
    says: [
      /^NO approval: withdraw by ben as validator$/m,
      /^what landed is what ben signed: withdraw as validator$/m,
      /Merge change: approved by NOBODY, withdraw of ben as validator$/m,
    ],
  },
  'an approval on a condition': {
    make: (repository) =>
      repository.sign('ben', 'validator', {
        over: { conditions: [{ text: 'rehearse [it], "soon"', owner: 'ada', due: '2026-02-01' }] },
      }),
    lacks: [/^conditions: none$/m],
    says: [
      /^conditions: "conditions":\[\{"text":"rehearse \[it\], \\"soon\\"","owner":"ada","due":"2026-02-01"\}\]$/m,
    ],
  },
  'an exception beside answers of the author': {
    make: async (repository) => {
      await repository.sign('ada', 'author');
      await except(repository, 'eve');
    },
    lacks: [/^an approval/m, /^NOT /m],
    says: [
      /^exception reason: the old one is down$/m,
      /^exception follow_up_by: 2026-01-12$/m,
      /^an exception over what landed$/m,
      /Merge change: approved by NOBODY, approve of ada as author, an exception$/m,
    ],
  },
  'an exception with a key of another person': {
    make: (repository) => except(repository, 'new'),
    lacks: [/^Good /m],
    says: [/^NOT a genuine exception: /m],
  },
};

async function except(repository: ModelRepository, key: string): Promise<void> {
  const {
    repository: name,
    target,
    rule,
    digest,
  } = await repository.payload('eve', 'policy-admin', {});
  const payload = {
    repository: name,
    target,
    rule,
    digest,
    person: 'eve',
    role: 'policy-admin',
    reason: 'the old one is down',
    expires: repository.time(1),
    follow_up_by: '2026-01-12',
    signed_at: repository.time(),
    nonce: '0123456789abcdef',
  };
  await repository.write(
    `.countersign/exceptions/model-change/eve.${String(digest).slice(3, 15)}.0123.yaml`,
    await signedText('exception', payload, key),
  );
  await repository.commit('An exception', 'eve');
}

for (const [name, { make, lacks, says }] of Object.entries(others)) {
  test(`the blocks of docs/verify-by-hand.md read ${name} as what it is`, async (context) => {
    const repository = await ModelRepository.withPolicy();
    context.after(() => repository.remove());
    await change(repository);
    await make(repository);
    await repository.merge('change');
    const { status, out } = typed(repository);
    assert.equal(status, 0, out);
    for (const line of lacks) assert.doesNotMatch(out, line);
    for (const line of says) assert.match(out, line);
  });
}
