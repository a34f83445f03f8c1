import type { Finding } from '../finding/finding.ts';
import { parsePublicKeyText } from './ssh-public-key.ts';
import { decodeBase64, equalBytes } from './ssh-wire.ts';
import type { FindingCode } from '../finding/finding-code.ts';

/** Blobs of keys that count no more. */
export type RevokedKeys = readonly Uint8Array[];

export function isRevoked(keys: RevokedKeys, blob: Uint8Array): boolean {
  return keys.some((key) => equalBytes(key, blob));
}

/** The magic of OpenSSH's binary key revocation lists. */
const krlMagic = 'SSHKRL';

/** Reads revoked_keys: public keys, one a line, as `ssh-keygen -Y verify -r` takes them. A binary list is an error: nobody can review it. */
export function parseRevokedKeys(
  path: string,
  bytes: Uint8Array,
): { readonly keys: RevokedKeys; readonly findings: readonly Finding[] } {
  const text = new TextDecoder('utf-8').decode(bytes);
  const problem = (line: number, code: FindingCode, message: string): Finding => ({
    code,
    severity: 'error',
    message,
    path,
    line,
    column: 1,
    fix: 'write one public key a line: ssh-ed25519 AAAA…',
  });
  if (text.startsWith(krlMagic))
    return {
      keys: [],
      findings: [problem(1, 'revoked/binary', 'a binary revocation list cannot be reviewed')],
    };
  const keys: Uint8Array[] = [];
  const findings: Finding[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const bare = line.replace(/^[ \t]+|[ \t]+$/g, '');
    if (bare === '' || bare.startsWith('#')) continue;
    const blob = revokedBlob(bare);
    // What is not understood might be the revocation that matters.
    if (blob === null)
      findings.push(problem(index + 1, 'revoked/malformed', 'this line is not a public key'));
    else keys.push(blob);
  }
  return { keys, findings };
}

/** The key of a line, or null. Keys that may not sign anyway, of whatever kind, may stand here; a key written in another way than its signatures write it may not, since it would revoke nothing. */
function revokedBlob(line: string): Uint8Array | null {
  const [, type = '', base64 = ''] =
    /^([a-z0-9@.-]+)[ \t]+([A-Za-z0-9+/=]+)(?:[ \t].*)?$/s.exec(line) ?? [];
  const read = parsePublicKeyText(type, base64);
  return !read.ok && read.fault === 'malformed' ? null : decodeBase64(base64);
}
