import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { changeDigest, manifestOf, sha256Hex } from '../../../src/core/gate/change-digest.ts';
import {
  type ApprovedCommit,
  type JudgedSignoff,
  judgeSignoff,
  type ProvenSignature,
  type SignableRule,
  type SignatureProof,
  signableRule,
  type SignoffContext,
  type SignoffState,
  type WordsPlace,
} from '../../../src/core/gate/judged-signoff.ts';
import { longestManifest } from '../../../src/core/gate/signed-manifest.ts';
import { isAuthentic } from '../../../src/core/gate/standing.ts';
import { payloadBytes, writeSignedFile } from '../../../src/core/gate/signoff-file.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { entryOf, gatePolicy, hex, payloadOf } from './values.ts';

const entries = [entryOf('model/a.py'), entryOf('model/b.py')];
const digest = changeDigest(entries);
const rule: SignableRule = {
  id: 'model-change',
  digest,
  entries,
  checklist: null,
  maxAgeDays: undefined,
};
const signature = '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n';
const bens: ProvenSignature = {
  kind: 'proven',
  state: 'valid',
  principal: 'ben@example.org',
  key: 'SHA256:ben',
  touched: false,
  verified: false,
  why: '',
};
const policy = gatePolicy({
  attestors: [
    { forge: 'gitlab', principal: 'lab@example.org' },
    { forge: 'github', principal: 'forge@example.org' },
  ],
  people: {
    ...gatePolicy().people,
    ben: {
      emails: ['ben@example.org'],
      principals: ['ben@example.org', 'ben2@example.org'],
      forge: { github: 'Ben-H', gitlab: 'ben-h' },
    },
  },
});

const via = { forge: 'github', login: 'ben-h', commit: 'a'.repeat(40) };

type Given = {
  readonly payload?: Partial<SignoffPayload>;
  readonly proof?: SignatureProof;
  readonly rule?: Partial<SignableRule>;
  readonly mode?: string;
  readonly path?: string;
  readonly text?: string;
  readonly now?: string;
  readonly landed?: boolean;
  readonly approved?: Partial<ApprovedCommit>;
  readonly mayBeGone?: boolean;
  readonly place?: Partial<WordsPlace>;
};

function judged({
  payload = {},
  proof = bens,
  rule: other = {},
  mode = '100644',
  path,
  text,
  now = '2026-11-24T06:00:00Z',
  landed = false,
  approved = {},
  mayBeGone = false,
  place = {},
}: Given): JudgedSignoff {
  const whole = payloadOf('ben', {
    digest,
    manifest: manifestOf(entries) as SignoffPayload['manifest'],
    ...payload,
  });
  const bytes = new TextEncoder().encode(
    text ?? writeSignedFile('signoff', JSON.stringify(whole), signature),
  );
  const context: SignoffContext = {
    policy,
    target: 'refs/heads/main',
    now: new Date(now),
    rules: new Map([['model-change', { ...rule, ...other }]]),
    approved: {
      known: new Map([
        [via.commit, { rules: new Set(['model-change']), moved: new Set<string>(), ...approved }],
      ]),
      mayBeGone,
    },
    verify: () => proof,
    ...place,
  };
  return judgeSignoff(
    {
      path:
        path ??
        `.countersign/signoffs/${whole.rule}/${whole.person}.${whole.digest.slice(3, 15)}.${whole.nonce.slice(0, 4)}.yaml`,
      mode,
      bytes,
    },
    landed,
    context,
  );
}

const attested: Given = { payload: { via }, proof: { ...bens, principal: 'forge@example.org' } };
const name = (
  person: string,
  nonce = '00ff',
  of = 'model-change',
  what = digest.slice(3, 15),
): string => `.countersign/signoffs/${of}/${person}.${what}.${nonce}.yaml`;
const other = `v1:${hex('e')}`;

const rows: readonly {
  readonly name: string;
  readonly given: Given;
  readonly state: SignoffState;
  readonly code?: string;
  readonly severity?: 'warning';
  readonly line?: number;
}[] = [
  { name: 'as it should be', given: {}, state: 'valid' },
  {
    name: 'that is executable',
    given: { mode: '100755' },
    state: 'forged',
    code: 'signoff/mode',
    line: 1,
  },
  {
    name: 'of another form',
    given: { text: 'schema: countersign/signoff@1\npayload: |\n  x\n', path: name('ben') },
    state: 'forged',
    code: 'signoff/malformed',
    line: 3,
  },
  {
    name: 'with a signature over something else',
    given: { proof: { kind: 'unproven', state: 'forged', why: 'x' } },
    state: 'forged',
    code: 'signoff/forged',
    line: 5,
  },
  {
    name: 'by a key that is nobody’s',
    given: { proof: { kind: 'unproven', state: 'unknown-signer', why: 'x' } },
    state: 'unknown-signer',
    code: 'signoff/unknown-signer',
    severity: 'warning',
  },
  {
    name: 'whose payload is none',
    given: { payload: { role: '' } },
    state: 'forged',
    code: 'signoff/payload',
    line: 4,
  },
  {
    name: 'under another person’s name',
    given: { path: name('cy') },
    state: 'forged',
    code: 'signoff/name',
    line: 1,
  },
  {
    name: 'under another nonce',
    given: { path: name('ben', '00fe') },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'under another digest',
    given: { path: name('ben', '00ff', 'model-change', 'e'.repeat(12)) },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'in another rule’s folder',
    given: { path: name('ben', '00ff', 'docs') },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'in no folder of a rule',
    given: { path: '.countersign/signoffs/x.yaml' },
    state: 'forged',
    code: 'signoff/name',
  },
  {
    name: 'with another’s key',
    given: { proof: { ...bens, principal: 'cy@example.org' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'with their second key',
    given: { proof: { ...bens, principal: 'ben2@example.org' } },
    state: 'valid',
  },
  {
    name: 'by somebody whom the policy does not know',
    given: { payload: { person: 'toString' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'for another repository',
    given: { payload: { repository: 'other' } },
    state: 'not-allowed',
    code: 'signoff/elsewhere',
    severity: 'warning',
  },
  {
    name: 'for another target',
    given: { payload: { target: 'refs/heads/release/1' } },
    state: 'not-allowed',
    code: 'signoff/elsewhere',
    severity: 'warning',
  },
  {
    name: 'for a rule that is none',
    given: { payload: { rule: 'docs' } },
    state: 'not-allowed',
    code: 'signoff/unknown-rule',
    severity: 'warning',
  },
  {
    name: 'in a role that they do not have',
    given: { payload: { role: 'ethics' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'in a role that nobody has',
    given: { payload: { role: 'constructor' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  { name: 'as author, which anybody may', given: { payload: { role: 'author' } }, state: 'valid' },
  {
    name: 'five minutes ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:00Z' } },
    state: 'valid',
  },
  {
    name: 'a second more ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z' } },
    state: 'not-allowed',
    code: 'signoff/future',
    severity: 'warning',
  },
  {
    name: 'a withdrawal ahead',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z', decision: 'withdraw' } },
    state: 'not-allowed',
    code: 'signoff/future',
    severity: 'warning',
  },
  {
    name: 'a reject ahead, which stands',
    given: { payload: { signed_at: '2026-11-24T06:05:01Z', decision: 'reject' } },
    state: 'valid',
  },
  {
    name: 'by a key that has expired',
    given: { proof: { ...bens, state: 'expired' } },
    state: 'expired',
    code: 'signoff/expired',
    severity: 'warning',
  },
  {
    name: 'by a key that was revoked',
    given: { proof: { ...bens, state: 'revoked' } },
    state: 'revoked',
    code: 'signoff/revoked',
    severity: 'warning',
  },
  {
    name: 'of another digest',
    given: { payload: { digest: other } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'whose list of files lacks one',
    given: {
      payload: {
        manifest: (manifestOf(entries) as unknown[]).slice(1) as SignoffPayload['manifest'],
      },
    },
    state: 'not-allowed',
    code: 'signoff/manifest',
    severity: 'warning',
  },
  {
    name: 'without a list of files',
    given: { payload: { manifest: null } },
    state: 'not-allowed',
    code: 'signoff/manifest',
    severity: 'warning',
  },
  {
    name: 'under a checklist',
    given: {
      payload: { checklist: `sha256:${hex('2')}` },
      rule: { checklist: `sha256:${hex('2')}` },
    },
    state: 'valid',
  },
  {
    name: 'under yesterday’s checklist',
    given: {
      payload: { checklist: `sha256:${hex('2')}` },
      rule: { checklist: `sha256:${hex('3')}` },
    },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'under a checklist that is gone',
    given: { payload: { checklist: `sha256:${hex('2')}` } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'before there was a checklist',
    given: { rule: { checklist: `sha256:${hex('2')}` } },
    state: 'stale',
    code: 'signoff/stale',
    severity: 'warning',
  },
  {
    name: 'long ago, when any checklist will do',
    given: { payload: { checklist: `sha256:${hex('2')}` }, rule: { checklist: undefined } },
    state: 'valid',
  },
  { name: 'as old as the rule allows', given: { rule: { maxAgeDays: 1 } }, state: 'valid' },
  {
    name: 'older by a second',
    given: { rule: { maxAgeDays: 1 }, now: '2026-11-24T06:00:01Z' },
    state: 'expired',
    code: 'signoff/too-old',
    severity: 'warning',
  },
  {
    name: 'by an attestor',
    given: attested,
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor who says nothing',
    given: { ...attested, payload: { via, vouches: [], meets: [], conditions: [] } },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that is none of the change',
    given: { ...attested, payload: { via: { ...via, commit: '1'.repeat(40) } } },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that has landed and is gone',
    given: { ...attested, payload: { via: { ...via, commit: '1'.repeat(40) } }, mayBeGone: true },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that brings something else',
    given: { ...attested, approved: { rules: new Set(['docs']) } },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that has landed and brought something else',
    given: { ...attested, approved: { rules: new Set() }, mayBeGone: true },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor who lists evidence of that commit',
    given: {
      ...attested,
      payload: { via, evidence: [{ path: 'a.yaml', sha256: hex('3') }] },
      approved: { moved: new Set(['b.yaml']) },
    },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor who lists evidence that the commit did not have',
    given: {
      ...attested,
      payload: {
        via,
        evidence: [
          { path: 'b.yaml', sha256: hex('3') },
          { path: 'a.yaml', sha256: hex('3') },
        ],
      },
      approved: { moved: new Set(['a.yaml']) },
    },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by a key of their own, as if by an attestor',
    given: { payload: { via } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor of another forge',
    given: { ...attested, payload: { via: { ...via, forge: 'gitlab' } } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for another login',
    given: { ...attested, payload: { via: { ...via, login: 'cy' } } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for somebody without a login',
    given: { ...attested, payload: { via, person: 'cy' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for nobody',
    given: { ...attested, payload: { via, person: 'toString' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  ...(
    [
      { decision: 'reject' },
      { decision: 'withdraw' },
      { answers: { a: { answer: 'yes' } } },
      { replaces: `sha256:${hex('2')}` },
      { role: 'author' },
      { vouches: ['m@example.org'] },
      { meets: [{ payload: `sha256:${hex('2')}`, condition: 0 }] },
      { conditions: [{ text: 't', owner: 'ada', due: '2026-12-01' }] },
    ] satisfies readonly Partial<SignoffPayload>[]
  ).map(
    (more) =>
      ({
        name: `by an attestor who says more: ${Object.keys(more)[0]}`,
        given: { ...attested, payload: { via, ...more } },
        state: 'not-allowed',
        code: 'signoff/not-allowed',
        severity: 'warning',
      }) as const,
  ),
];

for (const { name: about, given, state, code, severity = 'error', line } of rows) {
  test(`a sign-off ${about}`, () => {
    const found = judged(given);
    assert.equal(found.state, state, found.findings[0]?.message);
    assert.deepEqual(
      found.findings.map((finding) => [finding.code, finding.severity]),
      code === undefined ? [] : [[code, severity]],
    );
    if (code !== undefined)
      assert.deepEqual(
        [found.findings[0]?.path, found.findings[0]?.line, found.findings[0]?.column],
        [found.file, severity === 'warning' ? 4 : (line ?? 1), 1],
      );
    assert.equal(found.landed, false);
    if (state !== 'stale') assert.deepEqual(found.moved, []);
  });
}

test('what is known of a sign-off grows as it is believed', () => {
  const { payload, id, proof, moved } = judged({});
  const json = JSON.stringify(payload);
  assert.deepEqual(
    [payload?.person, id, proof, moved],
    ['ben', `sha256:${sha256Hex(payloadBytes('signoff', json))}`, bens, []],
  );
  const none = judged({ mode: '120000' });
  assert.deepEqual([none.payload, none.id, none.proof, none.moved], [null, null, null, []]);
  const forged = judged({ proof: { kind: 'unproven', state: 'forged', why: 'x' } });
  assert.deepEqual([forged.payload, forged.id, forged.moved], [null, id, []]);
  const stranger = judged({ proof: { kind: 'unproven', state: 'unknown-signer', why: 'x' } });
  assert.deepEqual([stranger.payload, stranger.id, stranger.proof?.kind], [null, id, 'unproven']);
  assert.deepEqual(
    [judged({ payload: { role: '' } }).payload, judged({ path: name('cy') }).payload?.person],
    [null, 'ben'],
  );
  assert.equal(judged({ landed: true }).landed, true);
});

const row = (path: string, now = hex('1')) => [path, '100644', hex('0'), '100644', now] as const;
const moves: readonly (readonly [
  name: string,
  signed: readonly (readonly unknown[])[] | null,
  moved: readonly string[],
  says: RegExp,
])[] = [
  ['the same files under another digest', manifestOf(entries), [], /^the change moved/],
  [
    'one moved',
    [row('model/a.py'), row('model/b.py', hex('7'))],
    ['model/b.py'],
    /^model\/b\.py moved since ben signed$/,
  ],
  [
    'one came and one went',
    [row('model/a.py'), row('model/c.py')],
    ['model/b.py', 'model/c.py'],
    /^model\/b\.py, model\/c\.py moved/,
  ],
  ['nothing was listed', null, ['model/a.py', 'model/b.py'], /^model\/a\.py, model\/b\.py moved/],
  ['three', [row('x')], ['model/a.py', 'model/b.py', 'x'], /^model\/a\.py, model\/b\.py, x moved/],
  [
    'more than three',
    [row('x'), row('y')],
    ['model/a.py', 'model/b.py', 'x', 'y'],
    /^model\/a\.py, model\/b\.py, x and 1 more moved/,
  ],
];

for (const [about, signed, moved, says] of moves) {
  test(`files that moved since a signature: ${about}`, () => {
    const found = judged({
      payload: { digest: other, manifest: signed as SignoffPayload['manifest'] },
    });
    assert.deepEqual(found.moved, moved);
    assert.match(found.findings[0]?.message ?? '', says);
  });
}

test('a path that is not UTF-8 moves by its bytes', () => {
  const found = judged({
    payload: {
      digest: other,
      manifest: [
        ...(manifestOf(entries) as unknown as [string, string, string, string, string][]),
        [{ b64: '/w==' }, '100644', '-', '100644', hex('1')],
      ] as SignoffPayload['manifest'],
    },
  });
  assert.deepEqual(found.moved, [{ b64: '/w==' }]);
  assert.match(found.findings[0]?.message ?? '', /^\/w== moved/);
});

for (const [count, state] of [
  [longestManifest, 'not-allowed'],
  [longestManifest + 1, 'valid'],
] as const) {
  test(`the list of ${count} files may ${state === 'valid' ? '' : 'not '}be left out`, () => {
    const many = Array.from({ length: count }, (_, index) => entryOf(`model/${index}.py`));
    const all = changeDigest(many);
    assert.equal(
      judged({ payload: { digest: all, manifest: null }, rule: { digest: all, entries: many } })
        .state,
      state,
    );
    assert.equal(
      judged({
        payload: { digest: all, manifest: manifestOf(many) as SignoffPayload['manifest'] },
        rule: { digest: all, entries: many },
      }).state,
      'valid',
    );
  });
}

/** What leaves a word that takes back standing although an approval would count for nothing; `false` where it is nobody's word here. */
const doubts: readonly (readonly [name: string, given: Given, stands: boolean])[] = [
  ['by a clock that runs ahead', { payload: { signed_at: '2026-11-24T06:15:00Z' } }, true],
  ['in a role that was taken away', { payload: { role: 'ethics' } }, true],
  ['over files that are not those of the digest', { payload: { manifest: [] } }, true],
  ['for a rule that the policy knows no more', { payload: { rule: 'renamed' } }, true],
  ['by a key that expired', { proof: { ...bens, state: 'expired' } }, true],
  ['by a key that was revoked', { proof: { ...bens, state: 'revoked' } }, true],
  ['over what moved since', { payload: { digest: other } }, true],
  ['under another checklist', { payload: { checklist: `sha256:${hex('2')}` } }, true],
  ['too long ago', { rule: { maxAgeDays: 1 }, now: '2026-12-24T06:00:00Z' }, true],
  ['by somebody else’s key', { proof: { ...bens, principal: 'cy@example.org' } }, false],
  ['for another repository', { payload: { repository: 'other' } }, false],
  ['for another branch', { payload: { target: 'refs/heads/x' } }, false],
  ['by a forge', { ...attested }, false],
];

for (const [about, given, stands] of doubts) {
  for (const decision of ['reject', 'withdraw'] as const) {
    test(`a ${decision} ${about} ${stands ? 'stands' : 'is nobody’s word'}`, () =>
      assert.equal(
        isAuthentic(judged({ ...given, payload: { ...given.payload, decision } })),
        stands,
      ));
  }
  test(`an approval ${about} counts for nothing`, () =>
    assert.notEqual(
      judged({ ...given, payload: { ...given.payload, vouches: ['x@y'] } }).state,
      'valid',
    ));
}

const until = new Date('2026-11-23T06:00:00Z');
const kept: readonly (readonly [
  name: string,
  given: Given,
  want: readonly [state: SignoffState, because: JudgedSignoff['because']],
])[] = [
  ['that served before', { place: { stood: new Map([[digest, until]]) } }, ['stale', 'served']],
  [
    'that was signed since',
    {
      payload: { signed_at: '2026-11-23T06:00:01Z' },
      place: { stood: new Map([[digest, until]]) },
    },
    ['valid', null],
  ],
  [
    'of something else than what served',
    { place: { stood: new Map([[other, until]]) } },
    ['valid', null],
  ],
  [
    'that served, and lies at the tip',
    { landed: true, place: { stood: new Map([[digest, until]]) } },
    ['valid', null],
  ],
  [
    'that rejects what stood before',
    { payload: { decision: 'reject' }, place: { stood: new Map([[digest, until]]) } },
    ['valid', null],
  ],
];

for (const [about, given, [state, because]] of kept)
  test(`a sign-off ${about} is ${state}`, () => {
    const found = judged(given);
    assert.deepEqual([found.state, found.because], [state, because]);
    assert.deepEqual(
      found.findings.map(({ code }) => code),
      because === null ? [] : ['signoff/served'],
    );
  });

test('conditions that were only sent bind nobody, and say so', () => {
  const conditions = [{ text: 'measure again', owner: 'ben', due: '2026-12-01' }];
  const { id } = judged({ payload: { conditions } });
  const sent = new Set([id ?? '']);
  const found = judged({ payload: { conditions }, place: { sent } });
  assert.deepEqual([found.state, found.because], ['stale', 'not-in-change']);
  assert.equal(found.findings[0]?.code, 'signoff/not-in-change');
  assert.equal(judged({ place: { sent: new Set([judged({}).id ?? '']) } }).state, 'valid');
  assert.equal(judged({ payload: { conditions }, place: { sent: new Set() } }).state, 'valid');
});

test('where a payload lies and whether its change has landed is told of it', () => {
  const usual = judged({});
  assert.deepEqual([usual.landed, usual.settled], [false, false]);
  const copied = judged({
    place: { landedIds: new Map([[usual.id ?? '', 'x']]), settled: new Set([usual.file]) },
  });
  assert.deepEqual([copied.landed, copied.settled], [true, false]);
  const there = judged({ landed: true, place: { settled: new Set([usual.file]) } });
  assert.deepEqual([there.landed, there.settled], [true, true]);
  assert.equal(judged({ landed: true, place: { settled: new Set() } }).settled, false);
});

test('a rule’s terms are those of the policy', () => {
  assert.deepEqual(signableRule({ id: 'r', max_age_days: 30 }, digest, entries, null), {
    id: 'r',
    digest,
    entries,
    checklist: null,
    maxAgeDays: 30,
  });
});

test('who signed is asked again only where the rule governs something of the change', () => {
  const fixOf = (rule: Partial<SignableRule>): string | undefined =>
    judged({ payload: { digest: other }, rule }).findings[0]?.fix;
  assert.equal(
    fixOf({}),
    'ben looks at what moved and signs again: countersign sign --rule model-change',
  );
  assert.equal(fixOf({ entries: [] }), undefined);
});
