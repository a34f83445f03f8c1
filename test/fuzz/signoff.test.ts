import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from 'yaml';
import { exceptionPayload, parsePayload, signoffPayload } from '../../src/core/gate/payload.ts';
import { readSignedFile, writeSignedFile } from '../../src/core/gate/signoff-file.ts';
import { parseStrictJson } from '../../src/core/gate/strict-json.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { bent } from './bent.ts';
import { changed, exhausting } from './mutations.ts';
import { isException, isSignoff } from './plain-payload.ts';
import { isWellFormed, isWhole, readJson } from './strict-reader.ts';
import { within } from './within.ts';
import { fc } from '../drawn-inputs.ts';

const hex = 'a1'.repeat(32);
const text = fc.string({ unit: 'grapheme', maxLength: 12 });

const payload = fc.record({
  repository: fc.constant('wage-model'),
  target: fc.constantFrom('refs/heads/main', 'refs/heads/release/1'),
  rule: fc.constant('model-change'),
  digest: fc.constant(`v1:${hex}`),
  policy: fc.constant(`sha256:${hex}`),
  checklist: fc.constantFrom(null, `sha256:${hex}`),
  person: fc.constant('ben'),
  role: fc.constantFrom('validator', 'author'),
  decision: fc.constantFrom('approve', 'reject', 'withdraw'),
  answers: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    fc.record(
      { answer: fc.constantFrom('yes', 'no', 'not-applicable'), note: text },
      { requiredKeys: ['answer'] },
    ),
    { maxKeys: 3 },
  ),
  evidence: fc.array(
    fc.record({ path: text.filter((path) => path !== ''), sha256: fc.constant(hex) }),
    { maxLength: 2 },
  ),
  manifest: fc.option(
    fc.array(
      fc.tuple(
        text,
        fc.constant('100644'),
        fc.constant('-'),
        fc.constant('100644'),
        fc.constant(hex),
      ),
      { maxLength: 2 },
    ),
  ),
  replaces: fc.constantFrom(null, `sha256:${hex}`),
  signed_at: fc.constant('2026-11-23T06:00:00Z'),
  nonce: fc.constant('00ff00ff'),
  conditions: fc.constantFrom(undefined, undefined, [
    { text: 'watch it', owner: 'ada', due: '2026-12-01' },
  ]),
  meets: fc.constantFrom(undefined, undefined, [{ payload: `sha256:${hex}`, condition: 0 }]),
  vouches: fc.constantFrom(undefined, undefined, ['gus@example.org']),
  via: fc.constantFrom(undefined, undefined, {
    forge: 'github',
    login: 'Ben-H',
    commit: 'c'.repeat(40),
  }),
});

const exception = fc.record({
  repository: fc.constant('wage-model'),
  target: fc.constantFrom('refs/heads/main', 'refs/heads/release/1'),
  rule: fc.constant('model-change'),
  digest: fc.constant(`v1:${hex}`),
  person: fc.constantFrom('eve', 'e v e'),
  role: fc.constant('policy-admin'),
  reason: text.filter((reason) => reason !== ''),
  expires: fc.constantFrom('2026-11-25T00:00:00Z', '2026-11-25T00:00Z', '2026-11-25T00:00:00.25Z'),
  follow_up_by: fc.constantFrom('2026-12-01', '2028-02-29'),
  signed_at: fc.constant('2026-11-23T06:00:00Z'),
  nonce: fc.constantFrom('00ff', hex),
});

const armour = `-----BEGIN SSH SIGNATURE-----\n${'A'.repeat(70)}\n${'B'.repeat(20)}==\n-----END SSH SIGNATURE-----\n`;

test('a payload that is written is read as it was', () => {
  fc.assert(
    fc.property(payload, (value) => {
      const json = JSON.stringify(value);
      const read = readSignedFile(
        'signoff',
        new TextEncoder().encode(writeSignedFile('signoff', json, armour)),
      );
      assert.ok(read.ok);
      assert.equal(read.signature, armour);
      assert.equal(new TextDecoder().decode(read.payload), `model-signoff@1\n${json}\n`);
      assert.deepEqual(parsePayload(signoffPayload, read.json), {
        ok: true,
        value: JSON.parse(json),
      });
    }),
    { numRuns: fuzzRuns(300) },
  );
});

for (const [name, drawn, schema, isOne] of [
  ['a sign-off', payload, signoffPayload, isSignoff],
  ['an exception', exception, exceptionPayload, isException],
] as const) {
  test(`what was signed is ${name} only where a plain reader says so, field by field`, () => {
    const answers = new Map<boolean, number>();
    fc.assert(
      fc.property(bent<unknown>(drawn), (value) => {
        const json = JSON.stringify(value);
        const read = parsePayload<unknown>(schema, json);
        const wanted = parseStrictJson(json).ok && isOne(JSON.parse(json));
        assert.equal(read.ok, wanted, `${json} ${read.ok ? '' : read.why}`);
        if (read.ok) assert.deepEqual(read.value, JSON.parse(json));
        answers.set(wanted, (answers.get(wanted) ?? 0) + 1);
      }),
      { numRuns: fuzzRuns(1000) },
    );
    assert.ok(
      Math.min(answers.get(true) ?? 0, answers.get(false) ?? 0) > 100,
      JSON.stringify([...answers]),
    );
  });
}

/** The whole form of a signed file, in one expression. */
const forms = {
  signoff:
    /^schema: countersign\/signoff@1\npayload: \|\n {2}model-signoff@1\n {2}(\{[^\n]*\})\nsignature: \|\n((?: {2}[^\n]+\n)+)$/,
  exception:
    /^schema: countersign\/exception@1\npayload: \|\n {2}model-exception@1\n {2}(\{[^\n]*\})\nsignature: \|\n((?: {2}[^\n]+\n)+)$/,
} as const;
const kinds = ['signoff', 'exception'] as const;
const file = fc.oneof(
  payload.map((value) => writeSignedFile('signoff', JSON.stringify(value), armour)),
  exception.map((value) => writeSignedFile('exception', JSON.stringify(value), armour)),
);

/** Line ends all alike, and no carriage return anywhere else. */
function unified(text: string): string | null {
  if (!text.includes('\r')) return text;
  const bare = text.replaceAll('\r\n', '');
  return bare.includes('\r') || bare.includes('\n') ? null : text.replaceAll('\r\n', '\n');
}

test('a file is a sign-off or an exception only in its one form, and then YAML says the same of it', () => {
  fc.assert(
    fc.property(changed(file), fc.boolean(), fc.constantFrom(...kinds), (some, crlf, kind) => {
      const source = crlf ? some.replaceAll('\n', '\r\n') : some;
      const bytes = new TextEncoder().encode(source);
      const read = readSignedFile(kind, bytes);
      const found = forms[kind].exec(
        unified(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) ?? '',
      );
      assert.equal(read.ok, found !== null);
      if (!read.ok || !found) return;
      assert.equal(read.json, found[1]);
      assert.equal(read.signature, found[2]?.replace(/^ {2}/gm, ''));
      const document = parseDocument(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), {
        uniqueKeys: true,
      });
      // What YAML cannot read at all, no signature will belong to.
      if (document.errors.length === 0)
        assert.deepEqual(document.toJS(), {
          schema: `countersign/${kind}@1`,
          payload: new TextDecoder().decode(read.payload),
          signature: read.signature,
        });
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a payload is accepted only where a plain reader of JSON accepts it, and as the same value', () => {
  fc.assert(
    fc.property(changed(payload.map((value) => JSON.stringify(value))), (json) => {
      if (/[\n\r]/.test(json)) return;
      const read = parseStrictJson(json);
      let wanted: unknown;
      try {
        wanted = readJson(json);
      } catch {
        assert.equal(read.ok, false, json);
        return;
      }
      assert.equal(read.ok, isWhole(wanted) && isWellFormed(json), json);
      if (read.ok) assert.deepEqual(read.value, wanted);
      assert.deepEqual(JSON.parse(json), wanted);
      const whole = parsePayload(signoffPayload, json);
      if (whole.ok) assert.deepEqual(JSON.parse(JSON.stringify(whole.value)), wanted);
    }),
    { numRuns: fuzzRuns(1000) },
  );
});

test('no bytes crash or stop the readers of signed files', () => {
  const readAll = (source: string): void => {
    const read = readSignedFile('signoff', Buffer.from(source));
    readSignedFile('exception', Buffer.from(source));
    for (const json of [source, read.ok ? read.json : source]) {
      parsePayload(signoffPayload, json);
      parsePayload(exceptionPayload, json);
    }
  };
  for (const [name, source] of exhausting) {
    within(name, () => readAll(source));
    within(`${name} as a payload`, () =>
      readAll(writeSignedFile('signoff', `{"a":${source.replace(/[\n\r]/g, ' ')}}`, armour)),
    );
  }
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), readAll), {
    numRuns: fuzzRuns(500),
  });
});
