import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { withFollowUps } from '../../../src/core/gate/follow-ups.ts';
import type {
  AuditedLanding,
  LandedException,
  LandedSignature,
} from '../../../src/core/gate/landing.ts';

const file = '.countersign/exceptions/EX-WAGE01.yaml';
const digest = `v1:${'a'.repeat(64)}`;
const exception: LandedException = {
  file,
  sha256: 'e'.repeat(64),
  rule: 'model-change',
  person: 'eve',
  reason: 'wrong wages',
  expires: '2026-01-08T00:00:00Z',
  follow_up_by: '2026-01-15',
  followed_by: [],
  follow_up: 'open',
};
const ben: LandedSignature = {
  person: 'ben',
  role: 'validator',
  file: 'ben.yaml',
  sha256: 'b'.repeat(64),
  payload: `sha256:${'c'.repeat(64)}`,
  key: 'SHA256:x',
  via: null,
  signed_at: '2026-01-09T00:00:00Z',
  counted: true,
};

function landing(more: Partial<AuditedLanding>): AuditedLanding {
  return {
    landing: {
      from: null,
      to: 'f'.repeat(40),
      steps: 1,
      how: 'merge',
      time: '2026-01-07T00:00:00Z',
      stamp: null,
      subject: '',
      verdict: 'pass',
      state: 'signed',
      policy: null,
      rules: [],
      exceptions: [],
      conditions: [],
      findings: [],
    },
    manifests: new Map(),
    late: [],
    closed: new Set(),
    owed: new Set([file]),
    ...more,
  };
}

const plain = landing({});
const excepted = landing({
  landing: {
    ...plain.landing,
    state: 'excepted',
    verdict: 'pass-with-exception',
    rules: [
      {
        id: 'docs',
        digest: `v1:${'b'.repeat(64)}`,
        files: [],
        risk: null,
        authors: [],
        state: 'met',
        signatures: [],
        evidence: [],
      },
      {
        id: 'model-change',
        digest,
        files: [],
        risk: null,
        authors: [],
        state: 'excepted',
        signatures: [],
        evidence: [],
      },
    ],
    exceptions: [exception],
  },
});
const late = [{ rule: 'model-change', digest, signature: ben }];

const cases: readonly {
  readonly name: string;
  readonly later: readonly AuditedLanding[];
  readonly now?: string;
  readonly want: LandedException['follow_up'];
  readonly by?: readonly string[];
}[] = [
  { name: 'nothing landed since', later: [], want: 'open' },
  {
    name: 'the promised day itself is in time',
    later: [],
    now: '2026-01-15T23:59:59Z',
    want: 'open',
  },
  { name: 'the day is over', later: [], now: '2026-01-16T00:00:00Z', want: 'overdue' },
  { name: 'one of two approvals came', later: [landing({ late })], want: 'open', by: ['ben'] },
  {
    name: 'the approvals came',
    later: [landing({}), landing({ late, owed: new Set() })],
    now: '2026-03-01T00:00:00Z',
    want: 'done',
    by: ['ben'],
  },
  {
    name: 'the approvals came in two landings',
    later: [
      landing({ late }),
      landing({
        late: [{ ...(late[0] as (typeof late)[number]), signature: { ...ben, person: 'cy' } }],
        owed: new Set(),
      }),
    ],
    want: 'done',
    by: ['ben', 'cy'],
  },
  {
    name: 'it came to be owed again, since a signer left',
    later: [landing({ late, owed: new Set() }), landing({})],
    now: '2026-03-01T00:00:00Z',
    want: 'done',
    by: ['ben'],
  },
  {
    name: 'no longer owed, and nobody signed',
    later: [landing({ owed: new Set() })],
    now: '2026-03-01T00:00:00Z',
    want: 'overdue',
  },
  {
    name: 'what landed without a policy pays nothing',
    later: [landing({ late, owed: null })],
    now: '2026-03-01T00:00:00Z',
    want: 'overdue',
    by: ['ben'],
  },
  {
    name: 'signatures after it was paid are not of it',
    later: [
      landing({ late, owed: new Set() }),
      landing({
        late: [{ ...(late[0] as (typeof late)[number]), signature: { ...ben, person: 'cy' } }],
        owed: new Set(),
      }),
    ],
    want: 'done',
    by: ['ben'],
  },
  {
    name: 'a signature for another rule',
    later: [
      landing({ late: [{ ...(late[0] as (typeof late)[number]), rule: 'docs' }], owed: new Set() }),
    ],
    want: 'open',
  },
  {
    name: 'a signature over something else',
    later: [
      landing({
        late: [{ ...(late[0] as (typeof late)[number]), digest: `v1:${'b'.repeat(64)}` }],
        owed: new Set(),
      }),
    ],
    want: 'open',
  },
];

for (const { name, later, now = '2026-01-10T00:00:00Z', want, by = [] } of cases) {
  test(`the follow-up of an exception: ${name}`, () => {
    const [first] = withFollowUps([excepted, ...later], new Date(now));
    const found = first?.landing.exceptions[0];
    assert.equal(found?.follow_up, want);
    assert.deepEqual(
      found?.followed_by.map(({ person }) => person),
      by,
    );
  });
}

test('what a landing brings itself does not follow it', () => {
  const [first] = withFollowUps(
    [{ ...excepted, late, owed: new Set() }],
    new Date('2026-01-10T00:00:00Z'),
  );
  assert.deepEqual(
    first?.landing.exceptions.map(({ follow_up, followed_by }) => [follow_up, followed_by]),
    [['open', []]],
  );
});

test('what landed before does not follow it', () => {
  const [, second] = withFollowUps(
    [landing({ late, owed: new Set() }), excepted],
    new Date('2026-01-10T00:00:00Z'),
  );
  assert.deepEqual(
    second?.landing.exceptions.map(({ follow_up, followed_by }) => [follow_up, followed_by]),
    [['open', []]],
  );
});
