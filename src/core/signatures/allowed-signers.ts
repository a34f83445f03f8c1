import type { Finding } from '../finding.ts';
import { parsePublicKey } from './ssh-public-key.ts';
import { decodeBase64, equalBytes } from './ssh-wire.ts';

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

/**
 * Reads allowed_signers (ssh-keygen(1), ALLOWED SIGNERS) more strictly than ssh-keygen does: certificate authorities,
 * patterns, several principals in a line, a key that stands twice and times without `Z` are errors, since each makes
 * "whose signature is this" depend on the reader or on the clock's zone.
 */
export function parseAllowedSigners(path: string, bytes: Uint8Array): { readonly signers: AllowedSigners; readonly findings: readonly Finding[] } {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { signers: [], findings: [problem(path, 1, 'signers/malformed', 'the file is not UTF-8', 'write it again with ssh-keygen’s public keys')] };
  }
  const signers: AllowedSigner[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#')) continue;
    const read = readLine(bare, index + 1);
    if (typeof read === 'string') findings.push(problem(path, index + 1, codeOf(read), read, 'write: name@example.org namespaces="model-signoff" ssh-ed25519 AAAA…'));
    else if (signerOf(signers, read.blob)) findings.push(problem(path, index + 1, 'signers/key-twice', `this key stands in line ${signerOf(signers, read.blob)?.line} already`, 'give each key one line, and each person a key of their own'));
    else signers.push(read);
  }
  return { signers, findings };
}

function codeOf(why: string): string {
  if (/certificate authority/.test(why)) return 'signers/certificate-authority';
  if (/pattern|several principals/.test(why)) return 'signers/pattern';
  if (/time/.test(why)) return 'signers/time';
  return /bits|not accepted|FIDO/.test(why) ? 'signers/key-type' : 'signers/malformed';
}

function readLine(line: string, number: number): AllowedSigner | string {
  const [, principal = '', rest = ''] = /^(\S+)[ \t]+(.*)$/.exec(line) ?? [];
  if (rest === '') return 'the line lacks a key';
  if (/["*?!]/.test(principal)) return `${principal} is a pattern, and each line must name one principal`;
  if (principal.includes(',')) return 'the line names several principals, and each line must name one';
  const keyed = /^(?:((?:[A-Za-z-]+(?:="[^"]*")?)(?:,[A-Za-z-]+(?:="[^"]*")?)*)[ \t]+)?([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/=]+)(?:[ \t].*)?$/.exec(rest);
  if (!keyed) return 'the line is not: principal options key-type key';
  const [, options = '', type = '', base64 = ''] = keyed;
  const blob = decodeBase64(base64);
  const key = blob === null ? null : parsePublicKey(blob);
  if (blob === null || key === null) return 'the key is not base 64';
  if (!key.ok) return key.why;
  if (key.key.type !== type) return `the line says ${type}, and the key is ${key.key.type}`;
  const read = readOptions(options);
  return typeof read === 'string' ? read : { principal, blob, ...read, line: number };
}

type Options = Pick<AllowedSigner, 'namespaces' | 'validAfter' | 'validBefore'>;

function readOptions(text: string): Options | string {
  const options: { -readonly [Name in keyof Options]: Options[Name] } = { namespaces: null, validAfter: null, validBefore: null };
  const seen = new Set<string>();
  for (const [, name = '', value] of text.matchAll(/([A-Za-z-]+)(?:="([^"]*)")?/g)) {
    const option = name.toLowerCase();
    if (option === 'cert-authority') return 'a certificate authority is not accepted: every person signs with a key of their own';
    if (seen.has(option) || value === undefined) return `the option ${name} is given twice, or without a value in quotes`;
    seen.add(option);
    if (option === 'namespaces') {
      if (/[*?!]/.test(value)) return `the namespaces ${value} hold a pattern, and must be names`;
      options.namespaces = value.split(',').map((namespace) => namespace.trim());
    } else if (option === 'valid-after' || option === 'valid-before') {
      const time = readTime(value);
      if (time === null) return `the time ${value} must be YYYYMMDDZ or YYYYMMDDHHMM[SS]Z: without Z it depends on the zone of who checks`;
      options[option === 'valid-after' ? 'validAfter' : 'validBefore'] = time;
    } else return `there is no option ${name}`;
  }
  return options;
}

/** Seconds since 1970 of a time in UTC, or null where it is none. */
function readTime(text: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?Z$/.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 61 ? time / 1000 : null;
}

function problem(path: string, line: number, code: string, message: string, fix: string): Finding {
  return { code, severity: 'error', message, path, line, column: 1, fix };
}
