import type { Finding } from '../finding/finding.ts';
import { type KeyFault, parsePublicKeyText } from './ssh-public-key.ts';
import { equalBytes } from './ssh-wire.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** One line of allowed_signers: whose key it is, for what, and when. */
export type AllowedSigner = {
  readonly principal: string;
  readonly blob: Uint8Array;
  readonly namespaces: readonly string[] | null;
  /** Seconds since 1970, UTC. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
  /** From 1. */
  readonly line: number;
};

export type AllowedSigners = readonly AllowedSigner[];

/** The one signer whose key this is. */
export function signerOf(signers: AllowedSigners, blob: Uint8Array): AllowedSigner | undefined {
  return signers.find((signer) => equalBytes(signer.blob, blob));
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Why a line names no signer, under the code of its finding. */
class LineError extends Error {
  readonly code: FindingCode;

  constructor(code: FindingCode, why: string) {
    super(why);
    this.code = code;
  }
}

/**
 * Reads allowed_signers (ssh-keygen(1), ALLOWED SIGNERS) more strictly than ssh-keygen does: certificate authorities,
 * patterns, several principals in a line, a key that stands twice and times without `Z` are errors, since each makes
 * "whose signature is this" depend on the reader or on the clock's zone. Where ssh-keygen passes over a line in silence,
 * there is a finding.
 */
export function parseAllowedSigners(
  path: string,
  bytes: Uint8Array,
): { readonly signers: AllowedSigners; readonly findings: readonly Finding[] } {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return {
      signers: [],
      findings: [
        problem(path, 1, {
          code: 'signers/malformed',
          message: 'the file is not UTF-8',
          fix: 'write it again with ssh-keygen’s public keys',
        }),
      ],
    };
  }
  const byKey = new Map<string, AllowedSigner>();
  const findings: Finding[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line.replace(/^[ \t]+|[ \t]+$/g, '');
    if (bare === '' || bare.startsWith('#')) continue;
    try {
      const { key, signer } = readLine(bare, index + 1);
      const other = byKey.get(key);
      if (other)
        findings.push(
          problem(path, index + 1, {
            code: 'signers/key-twice',
            message: `this key stands in line ${other.line} already`,
            fix: 'give each key one line, and each person a key of their own',
          }),
        );
      else byKey.set(key, signer);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      findings.push(
        problem(path, index + 1, {
          code: error.code,
          message: error.message,
          fix: 'write: name@example.org namespaces="model-signoff" ssh-ed25519 AAAA…',
        }),
      );
    }
  }
  return { signers: [...byKey.values()], findings };
}

const faultCodes: Readonly<Record<KeyFault, FindingCode>> = {
  malformed: 'signers/malformed',
  unsupported: 'signers/key-type',
  'weak-key': 'signers/weak-key',
};

/** `key` is the base 64 of the key, of which there is one. */
function readLine(
  line: string,
  number: number,
): { readonly key: string; readonly signer: AllowedSigner } {
  if (unseen.test(line))
    throw new LineError('signers/malformed', 'the line holds a character that no editor shows');
  const [, principal = '', rest = ''] = /^([^ \t]+)[ \t]+(.*)$/s.exec(line) ?? [];
  if (rest === '') throw new LineError('signers/malformed', 'the line lacks a key');
  if (/["*?!]/.test(principal))
    throw new LineError(
      'signers/pattern',
      `${principal} is a pattern, and each line must name one principal`,
    );
  if (principal.includes(','))
    throw new LineError(
      'signers/pattern',
      'the line names several principals, and each line must name one',
    );
  const keyed =
    /^(?:((?:[A-Za-z-]+(?:="[^"]*")?)(?:,[A-Za-z-]+(?:="[^"]*")?)*)[ \t]+)?([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/=]+)(?:[ \t].*)?$/s.exec(
      rest,
    );
  if (!keyed)
    throw new LineError('signers/malformed', 'the line is not: principal options key-type key');
  const [, options = '', type = '', key = ''] = keyed;
  const terms = readOptions(options);
  const read = parsePublicKeyText(type, key);
  if (!read.ok) throw new LineError(faultCodes[read.fault], read.why);
  return { key, signer: { principal, blob: read.key.blob, ...terms, line: number } };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const unseen = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

type Options = Pick<AllowedSigner, 'namespaces' | 'validAfter' | 'validBefore'>;

function readOptions(text: string): Options {
  const options: { -readonly [Name in keyof Options]: Options[Name] } = {
    namespaces: null,
    validAfter: null,
    validBefore: null,
  };
  const seen = new Set<string>();
  for (const [, name = '', value] of text.matchAll(/([A-Za-z-]+)(?:="([^"]*)")?/g)) {
    const option = name.toLowerCase();
    if (option === 'cert-authority')
      throw new LineError(
        'signers/certificate-authority',
        'a certificate authority is not accepted: every person signs with a key of their own',
      );
    if (seen.has(option) || value === undefined)
      throw new LineError(
        'signers/malformed',
        `the option ${name} is given twice, or without a value in quotes`,
      );
    seen.add(option);
    if (option === 'namespaces') options.namespaces = readNamespaces(value);
    else if (option === 'valid-after') options.validAfter = readTime(value);
    else if (option === 'valid-before') options.validBefore = readTime(value);
    else throw new LineError('signers/malformed', `there is no option ${name}`);
  }
  const { validAfter, validBefore } = options;
  if (validAfter !== null && validBefore !== null && validBefore <= validAfter)
    throw new LineError(
      'signers/time',
      'valid-before must be later than valid-after, or the key is never valid',
    );
  return options;
}

/** Names to the letter: ssh-keygen takes a space after a comma for part of the name. */
function readNamespaces(value: string): readonly string[] {
  const names = value.split(',');
  if (/[*?!]/.test(value))
    throw new LineError(
      'signers/pattern',
      `the namespaces ${value} hold a pattern, and must be names`,
    );
  if (names.some((name) => name === '' || /\s/.test(name)))
    throw new LineError(
      'signers/malformed',
      `the namespaces ${JSON.stringify(value)} must be names with commas between, without spaces`,
    );
  return names;
}

/** Seconds since 1970 of a time in UTC; what ssh-keygen would take for no limit, or for none at all, is an error. */
function readTime(text: string): number {
  const found = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z$/.exec(text);
  if (!found)
    throw new LineError(
      'signers/time',
      `the time ${text} must be YYYYMMDDZ or YYYYMMDDHHMM[SS]Z: without Z it depends on the zone of who checks`,
    );
  const [year, month, day, hour, minute, second] = found
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const written = [
    time.getUTCFullYear(),
    time.getUTCMonth() + 1,
    time.getUTCDate(),
    time.getUTCHours(),
    time.getUTCMinutes(),
    time.getUTCSeconds(),
  ];
  if (written.join() !== [year, month, day, hour, minute, second].join() || time.getTime() <= 0)
    throw new LineError('signers/time', `there is no time ${text} after 1970`);
  return time.getTime() / 1000;
}

function problem(
  path: string,
  line: number,
  told: { readonly code: FindingCode; readonly message: string; readonly fix: string },
): Finding {
  return { ...told, severity: 'error', path, line, column: 1 };
}
