import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  exceptionPayload,
  parsePayload,
  type SignoffPayload,
  signoffPayload,
} from '../../../src/core/gate/payload.ts';
import { digest, hex, payloadOf } from './values.ts';

const sha = `sha256:${hex('2')}`;
const oid = 'a'.repeat(40);
const row = (more: Partial<Record<0 | 1 | 2 | 3 | 4, unknown>>): unknown => [
  Object.assign(['model/a.py', '100644', '-', '100755', hex('1')], more),
];

/** Values that a field takes, and values that it refuses; a value of `undefined` leaves the field out. */
const fields: readonly (readonly [
  name: string,
  takes: readonly unknown[],
  refuses: readonly unknown[],
])[] = [
  ['repository', ['x'], ['', 1, undefined]],
  [
    'target',
    ['refs/heads/x', 'refs/heads/release/1'],
    ['refs/heads/', 'main', 'refs/tags/x', ' refs/heads/x', undefined],
  ],
  ['rule', ['r', 'a b', 'x'.repeat(200)], ['', 'a/b', 'a\\b', 'a\0b', 'x'.repeat(201), undefined]],
  [
    'digest',
    [digest],
    [
      digest.slice(0, -1),
      `${digest}0`,
      digest.toUpperCase(),
      digest.replace('v1', 'v2'),
      ` ${digest}`,
      undefined,
    ],
  ],
  ['policy', [sha], [sha.slice(0, -1), `${sha}0`, `x${sha}`, hex('2'), null, undefined]],
  ['checklist', [null, sha], [hex('2'), undefined]],
  ['person', ['ben'], ['', 'a/b', undefined]],
  ['role', ['validator'], ['', undefined]],
  ['decision', ['approve', 'reject', 'withdraw'], ['Approve', '', undefined]],
  [
    'answers',
    [
      {},
      { x: { answer: 'yes' } },
      { x: { answer: 'no', note: '' } },
      { x: { answer: 'not-applicable', note: 'n' } },
    ],
    [
      [],
      { x: 'yes' },
      { x: { answer: 'maybe' } },
      { x: { answer: 'yes', more: 1 } },
      { x: { answer: 'yes', note: 1 } },
      undefined,
    ],
  ],
  [
    'evidence',
    [[], [{ path: 'a', sha256: hex('2') }]],
    [
      [{ path: '', sha256: hex('2') }],
      [{ path: 'a', sha256: sha }],
      [{ path: 'a', sha256: hex('2'), x: 1 }],
      [{ path: 'a', sha256: `${hex('2')}0` }],
      [{ path: 'a', sha256: `0${hex('2')}` }],
      undefined,
    ],
  ],
  [
    'manifest',
    [
      null,
      [],
      row({}),
      row({ 0: { b64: '/w==' } }),
      row({ 2: `gitlink:${oid}` }),
      row({ 4: `gitlink:${hex('a')}` }),
      row({ 4: '-' }),
    ],
    [
      row({ 0: { b64: '/w==', x: 1 } }),
      row({ 1: '10064' }),
      row({ 1: '1006444' }),
      row({ 1: '100648' }),
      row({ 1: 'x100644' }),
      row({ 2: '--' }),
      row({ 2: '' }),
      row({ 2: `gitlink:${oid.slice(1)}` }),
      row({ 2: `gitlink:${hex('a')}a` }),
      row({ 4: `${hex('1')}1` }),
      row({ 4: `x${hex('1')}` }),
      [['a', '100644', '-', '100644']],
      undefined,
    ],
  ],
  ['replaces', [null, sha], ['x', undefined]],
  [
    'signed_at',
    ['2026-11-23T06:00:00Z', '2026-11-23T06:00:00.123Z'],
    [
      '2026-11-23',
      '2026-11-23T06:00:00',
      '2026-11-23T06:00:00+01:00',
      '2026-13-01T00:00:00Z',
      undefined,
    ],
  ],
  ['nonce', ['00ff', hex('f')], ['0ff', `${hex('f')}0`, '00FF', 'x00ff', '00ffx', undefined]],
  [
    'conditions',
    [undefined, [], [{ text: 't', owner: 'ada', due: '2026-12-01' }]],
    [
      [{ text: '', owner: 'ada', due: '2026-12-01' }],
      [{ text: 't', owner: '', due: '2026-12-01' }],
      [{ text: 't', owner: 'ada', due: '2026-12-01T00:00:00Z' }],
      [{ text: 't', owner: 'ada', due: '2026-12-01', x: 1 }],
    ],
  ],
  [
    'meets',
    [undefined, [], [{ payload: sha, condition: 0 }]],
    [
      [{ payload: sha, condition: -1 }],
      [{ payload: sha, condition: 0.5 }],
      [{ payload: hex('2'), condition: 0 }],
      [{ payload: sha, condition: 0, x: 1 }],
    ],
  ],
  ['vouches', [undefined, [], ['a@b']], [['ab'], 'a@b', [1]]],
  [
    'via',
    [
      undefined,
      { forge: 'github', login: 'ben-h', commit: oid },
      { forge: 'github', login: 'ben-h', commit: hex('a') },
    ],
    [
      { forge: '', login: 'ben-h', commit: oid },
      { forge: 'github', login: '', commit: oid },
      { forge: 'github', login: 'ben-h', commit: oid.slice(1) },
      { forge: 'github', login: 'ben-h', commit: `${hex('a')}a` },
      { forge: 'github', login: 'ben-h', commit: `x${oid}` },
      { forge: 'github', login: 'ben-h', commit: oid, x: 1 },
    ],
  ],
  ['more', [undefined], [1]],
];

const usual = payloadOf('ben');

for (const [name, takes, refuses] of fields) {
  test(`the field ${name} of what is signed`, () => {
    const read = (value: unknown) =>
      parsePayload<SignoffPayload>(signoffPayload, JSON.stringify({ ...usual, [name]: value }));
    for (const value of takes)
      assert.deepEqual(read(value), {
        ok: true,
        value: JSON.parse(JSON.stringify({ ...usual, [name]: value })),
      });
    for (const value of refuses) {
      const found = read(value);
      assert.equal(found.ok, false, `${name}: ${JSON.stringify(value)}`);
      assert.ok(
        found.ok ||
          (name === 'more' ? found.why.startsWith('the payload: ') : found.why.startsWith(name)),
        found.ok ? '' : found.why,
      );
    }
  });
}

const exception = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-25T00:00:00Z',
  follow_up_by: '2026-12-01',
  signed_at: '2026-11-23T06:00:00Z',
  nonce: '00ff',
};
const wrong: Readonly<Record<keyof typeof exception | 'more', unknown>> = {
  repository: '',
  target: 'refs/heads/',
  rule: 'a/b',
  digest: hex('d'),
  person: '',
  role: '',
  reason: '',
  expires: '2026-11-25',
  follow_up_by: '2026-12-01T00:00:00Z',
  signed_at: '2026-11-23T06:00:00+01:00',
  nonce: '0ff',
  more: 1,
};

test('what is signed of an exception has all its fields, each in its form, and no more', () => {
  assert.deepEqual(parsePayload(exceptionPayload, JSON.stringify(exception)), {
    ok: true,
    value: exception,
  });
  for (const [name, value] of Object.entries(wrong)) {
    assert.equal(
      parsePayload(exceptionPayload, JSON.stringify({ ...exception, [name]: value })).ok,
      false,
      name,
    );
    if (name !== 'more')
      assert.equal(
        parsePayload(exceptionPayload, JSON.stringify({ ...exception, [name]: undefined })).ok,
        false,
        name,
      );
  }
  for (const nonce of [hex('f').concat('0'), 'x00ff', '00ffx'])
    assert.equal(parsePayload(exceptionPayload, JSON.stringify({ ...exception, nonce })).ok, false);
  assert.equal(
    parsePayload(exceptionPayload, JSON.stringify({ ...exception, target: ' refs/heads/x' })).ok,
    false,
  );
});

test('what is wrong in a payload is told by its place', () => {
  const why = (json: string): string => {
    const read = parsePayload<SignoffPayload>(signoffPayload, json);
    return read.ok ? '' : read.why;
  };
  assert.match(why('{"a":1,"a":2}'), /the key "a" stands twice/);
  assert.match(
    why(JSON.stringify({ ...usual, evidence: [{ path: '', sha256: hex('2') }] })),
    /^evidence\.0\.path: /,
  );
  assert.match(
    why(JSON.stringify({ ...usual, digest: 'x' })),
    /^digest: must be "v1:" and 64 hex digits$/,
  );
  assert.match(why('1'), /^the payload: /);
});
