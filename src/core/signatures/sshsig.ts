import { parsePublicKey, type SshPublicKey } from './ssh-public-key.ts';
import { concatBytes, decodeBase64, WireError, WireReader, wireString } from './ssh-wire.ts';

/** A signature file of OpenSSH (PROTOCOL.sshsig), read and not yet verified. */
export type SshSignature = {
  readonly key: SshPublicKey;
  readonly namespace: string;
  readonly hash: 'sha256' | 'sha512';
  /** Algorithm of the signature, which for RSA differs from the key's type. */
  readonly format: string;
  readonly value: Uint8Array;
  /** What a FIDO key says of the moment of signing; null for other keys. */
  readonly fido: { readonly flags: number; readonly counter: number } | null;
};

export type SshSignatureResult =
  | { readonly ok: true; readonly signature: SshSignature }
  | { readonly ok: false; readonly why: string };

const magic = new TextEncoder().encode('SSHSIG');
const none = new Uint8Array();

/** Reads an armoured signature. Nothing may stand before, between or after what belongs to it. */
export function parseSshSignature(armoured: string): SshSignatureResult {
  const body =
    /^-----BEGIN SSH SIGNATURE-----\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)-----END SSH SIGNATURE-----(?:\r?\n)?$/.exec(
      armoured,
    )?.[1];
  const blob = body === undefined ? null : decodeBase64(body.replace(/\r?\n/g, ''));
  if (blob === null) return { ok: false, why: 'it is not an armoured SSH signature' };
  try {
    return readBlob(new WireReader(blob));
  } catch (error) {
    if (error instanceof WireError) return { ok: false, why: error.message };
    throw error;
  }
}

function readBlob(reader: WireReader): SshSignatureResult {
  if (!reader.take(magic.length).every((byte, index) => byte === magic[index]))
    return { ok: false, why: 'it does not begin as an SSH signature' };
  const version = reader.uint32();
  if (version !== 1) return { ok: false, why: `it is of version ${version}, and only 1 is known` };
  const key = parsePublicKey(reader.string());
  if (!key.ok) return key;
  const namespace = reader.text();
  // The format reserves this field, and ssh-keygen does not look at it: filled, it would be unsigned room in a signed file.
  if (reader.string().length > 0) return { ok: false, why: 'its reserved field is not empty' };
  const hash = reader.text();
  if (hash !== 'sha256' && hash !== 'sha512')
    return { ok: false, why: `its hash ${JSON.stringify(hash)} is not SHA-256 or SHA-512` };
  const inner = new WireReader(reader.string());
  if (!reader.done) return { ok: false, why: 'it has bytes after its end' };
  const format = inner.text();
  const value = inner.string();
  const fido = key.key.type.startsWith('sk-')
    ? { flags: inner.byte(), counter: inner.uint32() }
    : null;
  if (!inner.done) return { ok: false, why: 'it has bytes after its end' };
  if (!formatsOf(key.key).includes(format))
    return { ok: false, why: `a ${key.key.type} key does not make signatures of ${format}` };
  return { ok: true, signature: { key: key.key, namespace, hash, format, value, fido } };
}

/** RSA signatures with SHA-1 (`ssh-rsa`) are not among them. */
function formatsOf(key: SshPublicKey): readonly string[] {
  return key.kind === 'rsa' ? ['rsa-sha2-256', 'rsa-sha2-512'] : [key.type];
}

/** The bytes that the key signed: not the message but a frame around its hash, which binds the namespace. */
export function signedBytes(namespace: string, hash: string, messageHash: Uint8Array): Uint8Array {
  const text = (value: string): Uint8Array => wireString(new TextEncoder().encode(value));
  return concatBytes(magic, text(namespace), wireString(none), text(hash), wireString(messageHash));
}
