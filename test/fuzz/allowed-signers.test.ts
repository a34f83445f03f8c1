import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAllowedSigners } from '../../src/core/signatures/allowed-signers.ts';
import { parseRevokedKeys } from '../../src/core/signatures/revocation.ts';
import { base64 } from '../core/signatures/ssh-writer.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { changed, changedBytes } from './mutations.ts';
import { day } from './plain-forms.ts';
import { isKey, keyName, keys, strings } from './plain-keys.ts';
import { fc } from '../drawn-inputs.ts';

/** Seconds since 1970 of a time in UTC: day, and perhaps hour and minute, and perhaps second. Undefined where there is no such time. */
function seconds(value: string): number | undefined {
  const [, date = '', hour = '00', minute = '00', second = '00'] =
    /^(\d{8})(?:(\d\d)(\d\d)(\d\d)?)?Z$/.exec(value) ?? [];
  const [year, month, named] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const time = Date.parse(`${year}-${month}-${named}T${hour}:${minute}:${second}Z`) / 1000;
  return day(`${year}-${month}-${named}`) && Number(hour) < 24 && time > 0 ? time : undefined;
}

/** Words with blanks between, of which quotes hold some. */
function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    if ((letter === ' ' || letter === '\t') && !quoted) {
      if (word !== '') words.push(word);
      word = '';
    } else word += letter;
  }
  if (word !== '') words.push(word);
  return words;
}

type Line = {
  readonly principal: string;
  readonly namespaces: readonly string[] | null;
  readonly validAfter: number | null;
  readonly validBefore: number | null;
  readonly key: string;
};

/** One line of allowed_signers, letter by letter: principal, perhaps options, type, key, perhaps a remark. */
function readLine(line: string): Line | null {
  const words = wordsOf(line);
  // A remark may hold anything, an odd quote too: only the words before it count.
  const [principal = '', second = '', third = '', fourth = ''] = words;
  const typed = Object.keys(keys).includes(second);
  const [options, type, key] = typed ? ['', second, third] : [second, third, fourth];
  if (/["*?!,]/.test(principal) || !Object.keys(keys).includes(type)) return null;
  if (
    Buffer.from(key, 'base64').toString('base64') !== key ||
    !isKey(Buffer.from(key, 'base64')) ||
    strings(Buffer.from(key, 'base64'))?.[0]?.toString() !== type
  )
    return null;
  if (options === '')
    return { principal, namespaces: null, validAfter: null, validBefore: null, key };
  const found = options
    .split(/,(?=[A-Za-z-]+=")/)
    .map((option) => /^([A-Za-z-]+)="([^"]*)"$/.exec(option));
  const names = found.map((option) => option?.[1]?.toLowerCase());
  if (
    names.some(
      (name) => name === undefined || !['namespaces', 'valid-after', 'valid-before'].includes(name),
    ) ||
    new Set(names).size < names.length
  )
    return null;
  const [value, after, before] = ['namespaces', 'valid-after', 'valid-before'].map(
    (name) => found[names.indexOf(name)]?.[2],
  );
  if (value !== undefined && (/[*?!\s]/.test(value) || value.split(',').includes(''))) return null;
  const [validAfter, validBefore] = [after, before].map((time) =>
    time === undefined ? null : seconds(time),
  );
  if (
    validAfter === undefined ||
    validBefore === undefined ||
    (validAfter !== null && validBefore !== null && validBefore <= validAfter)
  )
    return null;
  return { principal, namespaces: value?.split(',') ?? null, validAfter, validBefore, key };
}

const line = fc
  .record({
    principal: fc.constantFrom('ada@example.org', 'ben', 'x*'),
    options: fc.constantFrom(
      '',
      'namespaces="model-signoff" ',
      'namespaces="git,model-signoff",valid-after="20260101Z" ',
      'valid-before="20270101Z" ',
      'valid-after="202601010000Z",valid-before="20260101000001Z" ',
      'valid-after="20260229Z" ',
      'VALID-AFTER="20240229235959Z" ',
      'valid-after="20260101" ',
      'valid-before="20261231Z",valid-after="20270101Z" ',
      'cert-authority ',
      'namespaces="a b" ',
    ),
    name: keyName,
    remark: fc.constantFrom('', ' ada', ' "x'),
  })
  .map(
    ({ principal, options, name, remark }) =>
      `${principal} ${options}${name} ${base64(keys[name] as Uint8Array)}${remark}`,
  );

test('a signer is accepted only where a plain reader accepts the line, and each other line is a finding', () => {
  fc.assert(
    fc.property(
      changed(fc.array(line, { maxLength: 3 }).map((lines) => `${lines.join('\n')}\n`)),
      (text) => {
        const { signers, findings } = parseAllowedSigners('allowed_signers', Buffer.from(text));
        const lines = Buffer.from(text).toString('utf8').split(/\r?\n/);
        for (const {
          principal,
          namespaces,
          validAfter,
          validBefore,
          blob,
          line: number,
        } of signers) {
          const bare = (lines[number - 1] ?? '').replace(/^[ \t]+/, '');
          assert.deepEqual(
            { principal, namespaces, validAfter, validBefore, key: base64(blob) },
            readLine(bare),
            bare,
          );
        }
        const said = new Set([
          ...signers.map(({ line: number }) => number),
          ...findings.map(({ line: number }) => number),
        ]);
        if (findings[0]?.message.includes('UTF-8')) return;
        for (const [index, one] of lines.entries())
          if (!/^[ \t]*(#|$)/.test(one))
            assert.ok(said.has(index + 1), `nothing was said of ${one}`);
        assert.equal(new Set(signers.map(({ blob }) => base64(blob))).size, signers.length);
      },
    ),
    { numRuns: fuzzRuns(1000) },
  );
});

test('a revoked key is read or told of, never passed over', () => {
  fc.assert(
    fc.property(
      changed(keyName.map((name) => `${name} ${base64(keys[name] as Uint8Array)} lost\n`)),
      (text) => {
        const { keys: found, findings } = parseRevokedKeys('revoked_keys', Buffer.from(text));
        const lines = Buffer.from(text)
          .toString('utf8')
          .replace(/^\ufeff/, '')
          .split(/\r?\n/)
          .filter((one) => !/^[ \t]*(#|$)/.test(one));
        if (findings[0]?.code === 'revoked/binary') return;
        assert.equal(found.length + findings.length, lines.length);
        for (const blob of found) assert.ok(lines.some((one) => one.includes(base64(blob))));
      },
    ),
    { numRuns: fuzzRuns(500) },
  );
});

test('a binary list of revoked keys, and what is left of a damaged one, is told of and revokes nothing in silence', () => {
  const begun = fc
    .uint8Array({ maxLength: 60 })
    .map((rest) => Uint8Array.from([...Buffer.from('SSHKRL\n\0'), ...rest]));
  fc.assert(
    fc.property(changedBytes(begun), (bytes) => {
      const { keys: found, findings } = parseRevokedKeys('revoked_keys', bytes);
      const lines = new TextDecoder()
        .decode(bytes)
        .split(/\r?\n/)
        .filter((one) => !/^[ \t]*(#|$)/.test(one));
      assert.deepEqual(found, []);
      if (Buffer.from(bytes).toString('latin1').startsWith('SSHKRL'))
        assert.deepEqual(
          findings.map(({ code }) => code),
          ['revoked/binary'],
        );
      else assert.equal(findings.length, lines.length);
    }),
    { numRuns: fuzzRuns(500) },
  );
});
