import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { findApprovals } from '../../../src/core/gate/approval.ts';
import type {
  AuditedLanding,
  LandedException,
  LandedRule,
  LandedSignature,
  Landing,
} from '../../../src/core/gate/landing.ts';
import { digest, hex } from './values.ts';

const signature = (person: string, more: Partial<LandedSignature> = {}): LandedSignature => ({
  person,
  role: 'validator',
  file: `${person}.yaml`,
  sha256: hex('b'),
  payload: `sha256:${hex('c')}`,
  key: 'SHA256:x',
  via: null,
  signed_at: '2026-01-09T00:00:00Z',
  counted: true,
  ...more,
});
const [ada, ben] = [signature('ada', { counted: false }), signature('ben')];
const evidence = [{ path: 'a.json', sha256: hex('2'), by: ['ben'] }];
const met: LandedRule = {
  id: 'model-change',
  digest,
  files: [],
  risk: null,
  authors: [],
  state: 'met',
  signatures: [ada, ben],
  evidence,
};
const excepted: LandedRule = { ...met, state: 'excepted', signatures: [] };
const exception: LandedException = {
  file: 'EX-1.yaml',
  sha256: hex('e'),
  rule: 'model-change',
  person: 'eve',
  reason: 'wrong wages',
  expires: '2026-01-08T00:00:00Z',
  follow_up_by: '2026-01-15',
  followed_by: [ben],
  follow_up: 'done',
};
const plain: Landing = {
  from: null,
  to: hex('f'),
  steps: 1,
  how: 'merge',
  time: '2026-01-07T00:00:00Z',
  stamp: null,
  subject: '',
  verdict: 'pass',
  state: 'signed',
  policy: null,
  rules: [met],
  exceptions: [],
  conditions: [],
  findings: [],
};
const bytes = hex('7');

function landed(
  more: Partial<Landing>,
  rows: readonly (readonly [path: string, now: string])[] = [['model/score.py', bytes]],
  rule = 'model-change',
): AuditedLanding {
  return {
    landing: { ...plain, ...more },
    manifests: new Map([
      [rule, rows.map(([path, now]) => [path, '100644', hex('0'), '100644', now] as const)],
    ]),
    late: [],
    closed: new Set(),
    owed: null,
  };
}

const docs = { ...excepted, id: 'docs' };
const cases: readonly {
  readonly name: string;
  readonly landing: AuditedLanding;
  readonly by: readonly string[] | null;
}[] = [
  { name: 'a rule that was met by signatures', landing: landed({}), by: ['ben'] },
  {
    name: 'met where another rule rested on an exception',
    landing: landed({ state: 'excepted' }),
    by: ['ben'],
  },
  {
    name: 'met where a first policy was trusted',
    landing: landed({ state: 'trusted' }),
    by: ['ben'],
  },
  { name: 'met in a landing that failed', landing: landed({ state: 'failed' }), by: null },
  { name: 'met in a landing that nobody signed', landing: landed({ state: 'unsigned' }), by: null },
  {
    name: 'met by a trusted digest alone',
    landing: landed({ state: 'trusted', rules: [{ ...met, signatures: [ada] }] }),
    by: null,
  },
  {
    name: 'met without any signature',
    landing: landed({ rules: [{ ...met, signatures: [] }] }),
    by: null,
  },
  {
    name: 'a rule that was not met',
    landing: landed({ rules: [{ ...met, state: 'unmet' }] }),
    by: null,
  },
  { name: 'a rule of which the landing says nothing', landing: landed({ rules: [] }), by: null },
  {
    name: 'files of another rule',
    landing: landed({ rules: [met] }, [['docs/x.md', bytes]], 'docs'),
    by: null,
  },
  {
    name: 'another rule’s signatures are not this one’s',
    landing: landed({
      rules: [
        { ...met, state: 'unmet' },
        { ...met, id: 'docs' },
      ],
    }),
    by: null,
  },
  {
    name: 'met beside a rule that was not',
    landing: landed({ rules: [{ ...met, id: 'docs', state: 'unmet', signatures: [] }, met] }),
    by: ['ben'],
  },
  {
    name: 'an exception whose approvals came',
    landing: landed({ state: 'excepted', rules: [excepted], exceptions: [exception] }),
    by: ['ben'],
  },
  {
    name: 'two exceptions whose approvals came, told once',
    landing: landed({
      state: 'excepted',
      rules: [excepted],
      exceptions: [exception, { ...exception, file: 'EX-2.yaml' }],
    }),
    by: ['ben'],
  },
  {
    name: 'two exceptions, and the approvals of one are open',
    landing: landed({
      state: 'excepted',
      rules: [excepted],
      exceptions: [exception, { ...exception, file: 'EX-2.yaml', follow_up: 'open' }],
    }),
    by: null,
  },
  {
    name: 'an exception whose approvals are overdue',
    landing: landed({
      state: 'excepted',
      rules: [excepted],
      exceptions: [{ ...exception, follow_up: 'overdue' }],
    }),
    by: null,
  },
  {
    name: 'an exception that followed for another rule',
    landing: landed({
      state: 'excepted',
      rules: [excepted, docs],
      exceptions: [{ ...exception, rule: 'docs' }],
    }),
    by: null,
  },
  {
    name: 'a rule that was met beside an exception that is open',
    landing: landed({
      state: 'excepted',
      rules: [met, docs],
      exceptions: [
        { ...exception, rule: 'docs', follow_up: 'open', followed_by: [signature('cy')] },
      ],
    }),
    by: ['ben'],
  },
];

const everywhere = { pointers: new Map<string, string>(), standsNow: () => true };

for (const { name, landing, by } of cases) {
  test(`approved bytes: ${name}`, () => {
    const found = findApprovals({ file: 'score.py', sha256: bytes }, [landing], everywhere);
    assert.equal(found.approved, by !== null);
    assert.deepEqual(
      found.approvals.map((approval) => approval.by.map(({ person }) => person)),
      by === null ? [] : [by],
    );
    assert.equal(found.unapproved.length, by === null ? 1 : 0);
    assert.deepEqual([found.file, found.sha256], ['score.py', bytes]);
  });
}

test('bytes are told with where they landed and whether they stand there still', () => {
  const asked: (readonly unknown[])[] = [];
  const landing = landed({}, [
    ['model/a.py', hex('8')],
    ['model/b.py', bytes],
  ]);
  const found = findApprovals(
    { file: null, sha256: bytes },
    [landing, landed({ to: hex('9'), state: 'failed' }, [['c.py', bytes]])],
    { pointers: new Map(), standsNow: (...given) => asked.push(given) > 1 },
  );
  assert.deepEqual(found.approvals, [
    {
      landing: hex('f'),
      time: plain.time,
      rule: 'model-change',
      digest,
      path: 'model/b.py',
      by: [ben],
      evidence,
      conditions: [],
      current: false,
    },
  ]);
  assert.deepEqual(found.unapproved, [
    { landing: hex('9'), time: plain.time, rule: 'model-change', path: 'c.py', state: 'failed' },
  ]);
  assert.deepEqual([found.file, asked], [null, [['model/b.py', bytes]]]);
  assert.deepEqual(findApprovals({ file: null, sha256: hex('6') }, [landing], everywhere), {
    file: null,
    sha256: hex('6'),
    approved: false,
    approvals: [],
    unapproved: [],
  });
});

test('bytes are approved by the pointer of theirs that was signed, and by no other', () => {
  const [pointer, other] = [hex('4'), hex('5')];
  const rows = [
    ['w.bin', pointer],
    ['v.bin', other],
  ] as const;
  const pointers = new Map([
    [pointer, bytes],
    [other, hex('6')],
  ]);
  const ask = (more: Partial<Landing>) => {
    const asked: (readonly unknown[])[] = [];
    const found = findApprovals({ file: null, sha256: bytes }, [landed(more, rows)], {
      pointers,
      standsNow: (...given) => asked.push(given) > 0,
    });
    return { found, asked };
  };
  const { found, asked } = ask({});
  assert.deepEqual(
    found.approvals.map(({ path, pointer: by, current }) => [path, by, current]),
    [['w.bin', pointer, true]],
  );
  assert.deepEqual(asked, [['w.bin', pointer]]);
  const failed = ask({ state: 'failed' });
  assert.equal(failed.found.approved, false);
  assert.deepEqual(
    failed.found.unapproved.map(({ path }) => path),
    ['w.bin'],
  );
});
