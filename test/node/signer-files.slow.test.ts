import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { changed, changedBytes } from '../fuzz/mutations.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { keygenAccepts, type MadeKey, type Vector } from './ssh-keygen.ts';
import { folder, honest, keys, principal, weAccept } from './ssh-vectors.ts';
import { fc } from '../drawn-inputs.ts';

/** Each run starts a process. */
const runs = Math.ceil(fuzzRuns(15_000) / 50);

const signed = ['ed25519', 'nistp256', 'rsa2048'] as const;
const name = fc.constantFrom(...signed);
const vectorOf = (key: string): Vector => honest.get(`${key} sha512`) as Vector;
const textOf = (key: string): string => (keys[key] as MadeKey).text;

/** What we accept, ssh-keygen accepts too. Returns whether we do. */
function noMore(vector: Vector): boolean {
  const accepted = weAccept(vector);
  if (accepted)
    assert.equal(keygenAccepts(folder, vector), true, JSON.stringify({ ...vector, message: '' }));
  return accepted;
}

const options = fc.constantFrom(
  '',
  '',
  'namespaces="model-signoff" ',
  'namespaces="git,model-signoff" ',
  'namespaces="git" ',
  'valid-after="20260101Z" ',
  'valid-before="20270101Z",namespaces="model-signoff" ',
  'Valid-Before="202601010000Z" ',
  'valid-after="20260101Z",valid-before="20260601000001Z" ',
  'cert-authority ',
);
const line = fc
  .tuple(
    fc.constantFrom(principal, principal, principal, 'ben@example.org', 'ad?@example.org'),
    options,
    name,
    fc.constantFrom('', ' ada', ' "'),
  )
  .map(([who, option, key, remark]) => `${who} ${option}${textOf(key)}${remark}`);
const at = fc
  .constantFrom(
    '2025-12-31T23:59:59Z',
    '2026-01-01T00:00:00Z',
    '2026-06-01T00:00:01Z',
    '2026-11-24T06:00:00Z',
    '2027-01-01T00:00:00Z',
    '2027-01-01T00:00:01Z',
  )
  .map((time) => new Date(time));

test('whoever we take for a signer by some lines of allowed_signers, ssh-keygen does too', () => {
  let accepted = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        changed(line.map((one) => `${one}\n`)),
        changed(fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n'))),
      ),
      name,
      at,
      (allowed, key, when) => {
        accepted += Number(noMore({ ...vectorOf(key), allowed, at: when }));
      },
    ),
    { numRuns: runs * 5 },
  );
  assert.ok(accepted > runs / 10, `${accepted} were accepted`);
});

/** Binary lists of ssh-keygen's: of no key, of one, of one by its hash. */
const lists = signed.flatMap((key) =>
  [[''], [`${textOf(key)}\n`], [`sha256: ${textOf(key)}\n`]].map(([content = ''], index) => {
    const [file, source] = [
      join(folder, `${key}-${index}.krl`),
      join(folder, `${key}-${index}.txt`),
    ];
    writeFileSync(source, content);
    execFileSync('ssh-keygen', ['-q', '-k', '-f', file, source]);
    return readFileSync(file);
  }),
);

test('a key that ssh-keygen finds revoked, by lines or by a binary list however damaged, signs nothing for us', () => {
  let accepted = 0;
  const written = changed(
    fc
      .array(name, { maxLength: 2 })
      .map((some) => some.map((key) => `${textOf(key)} lost\n`).join('')),
  );
  fc.assert(
    fc.property(
      fc.oneof(written, changedBytes(fc.constantFrom(...lists))),
      name,
      (revoked, key) => {
        // A mark of byte order and a blank line that ends in CR stop ssh-keygen altogether; we read on, and revoke what follows.
        if (/^\xef\xbb\xbf|^[ \t]*\r$/m.test(Buffer.from(revoked).toString('latin1'))) return;
        accepted += Number(noMore({ ...vectorOf(key), revoked }));
      },
    ),
    { numRuns: runs },
  );
  assert.ok(accepted > runs / 20, `${accepted} were accepted`);
});
