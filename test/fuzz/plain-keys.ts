import { generateKeyPairSync } from 'node:crypto';
import { bytes, framed, mpint } from '../core/signatures/ssh-writer.ts';
import { fc } from '../drawn-inputs.ts';

const web = (text: string | undefined): Uint8Array =>
  Uint8Array.from(Buffer.from(text ?? '', 'base64url'));
const edwards = web(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x);
const point = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  format: 'jwk',
});
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });

/** A key of each kind. */
export const keys: Readonly<Record<string, Uint8Array>> = {
  'ssh-ed25519': bytes(framed('ssh-ed25519'), framed(edwards)),
  'ecdsa-sha2-nistp256': bytes(
    framed('ecdsa-sha2-nistp256'),
    framed('nistp256'),
    framed(4, web(point.x), web(point.y)),
  ),
  'ssh-rsa': bytes(framed('ssh-rsa'), mpint(web(rsa.e)), mpint(web(rsa.n))),
  'sk-ssh-ed25519@openssh.com': bytes(
    framed('sk-ssh-ed25519@openssh.com'),
    framed(edwards),
    framed('ssh:'),
  ),
};
export const keyName = fc.constantFrom(...Object.keys(keys));

/** Strings of the wire format, one after another to the very end; null where they are not. */
export function strings(blob: Uint8Array): readonly Buffer[] | null {
  const buffer = Buffer.from(blob);
  const found: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    if (at + 4 > buffer.length) return null;
    const end = at + 4 + buffer.readUInt32BE(at);
    if (end > buffer.length) return null;
    found.push(buffer.subarray(at + 4, end));
    at = end;
  }
  return found;
}

const prime = 2n ** 255n - 19n;
const weak = [
  0n,
  1n,
  prime - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  prime - 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
];

/** Whether a blob is a key that may sign; of RSA and ecdsa only those that were made here, since a changed one is another number or no point. */
export function isKey(blob: Uint8Array): boolean {
  if (Object.values(keys).some((key) => Buffer.compare(key, blob) === 0)) return true;
  const parts = strings(blob);
  const type = parts?.[0]?.toString('latin1');
  const y =
    parts?.[1]?.length === 32
      ? BigInt(`0x${Buffer.from(parts[1]).reverse().toString('hex')}`) & (2n ** 255n - 1n)
      : prime;
  if (type === 'ssh-ed25519') return parts?.length === 2 && y < prime && !weak.includes(y);
  if (type === 'sk-ssh-ed25519@openssh.com')
    return (
      parts?.length === 3 &&
      parts[2]?.toString('latin1') === 'ssh:' &&
      y < prime &&
      !weak.includes(y)
    );
  if (type === 'ssh-rsa') {
    const [, e, n] = parts ?? [];
    const plain = (number: Buffer | undefined): boolean =>
      number !== undefined &&
      number.length > 0 &&
      (number[0] as number) < 0x80 &&
      !(number[0] === 0 && (number[1] ?? 0) < 0x80);
    if (parts?.length !== 3 || !plain(e) || !plain(n)) return false;
    const [exponent, modulus] = [
      BigInt(`0x${e?.toString('hex')}`),
      BigInt(`0x${n?.toString('hex')}`),
    ];
    const bits = modulus.toString(2).length;
    return exponent % 2n === 1n && exponent >= 3n && bits >= 2048 && bits <= 16384;
  }
  return false;
}
