import { sha256Hex } from './change-digest.ts';
import type { TreeFile } from './judged-signoff.ts';
import { readSignedFile } from './signoff-file.ts';
import {
  exceptionFolder,
  parseExceptionPath,
  parseSignoffPath,
  signoffFolder,
  signoffPath,
} from './signoff-path.ts';

const begin = /^schema: countersign\/(?:signoff|exception)@1\r?$/m;
const encoder = new TextEncoder();

/**
 * The signed files in a text that somebody sent: what `sign --print` wrote, one or several after another, under whatever
 * name. Each gets the path that its own payload asks for. Nothing in it is believed for that: the path must agree with
 * the payload once the signature over it was verified.
 *
 * @param name path below the folder of sign-offs, kept for what bears no other
 */
export function collectedSigned(name: string, bytes: Uint8Array): readonly TreeFile[] {
  const pieces = splitSigned(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  // What is one file, or none, stays byte for byte what it was.
  const files = pieces.length < 2 ? [bytes] : pieces.map((piece) => encoder.encode(piece));
  return files.map((file) => ({ path: pathOf(name, file), mode: '100644', bytes: file }));
}

function splitSigned(text: string): readonly string[] {
  return text.split(new RegExp(`(?=${begin.source})`, 'm'));
}

function pathOf(name: string, bytes: Uint8Array): string {
  const given = signoffFolder + name;
  const signoff = readSignedFile('signoff', bytes);
  if (signoff.ok) return nameInPayload(signoff.json) ?? given;
  const exception = readSignedFile('exception', bytes);
  if (!exception.ok) return given;
  const own = `${exceptionFolder}${name.slice(name.lastIndexOf('/') + 1)}`;
  return parseExceptionPath(own) === null
    ? `${exceptionFolder}EX-${sha256Hex(exception.payload).slice(0, 12).toUpperCase()}.yaml`
    : own;
}

function nameInPayload(json: string): string | null {
  try {
    const { rule, person, digest, nonce } = JSON.parse(json) as Readonly<Record<string, unknown>>;
    if (![rule, person, digest, nonce].every((part) => typeof part === 'string')) return null;
    const path = signoffPath({
      rule: rule as string,
      person: person as string,
      digest: (digest as string).slice(3, 15),
      nonce: (nonce as string).slice(0, 4),
    });
    return parseSignoffPath(path) === null ? null : path;
  } catch {
    return null;
  }
}
