import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** A FIDO key as OpenSSH makes them (PROTOCOL.u2f), in software: it says of each signature what it is told to say. */
export class HardwareKey {
  readonly blob: Buffer;
  readonly #secret: KeyObject;
  readonly #application: string;

  constructor(application = 'ssh:') {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const point = Buffer.from(publicKey.export({ format: 'jwk' }).x as string, 'base64url');
    this.#secret = privateKey;
    this.#application = application;
    this.blob = Buffer.concat([text('sk-ssh-ed25519@openssh.com'), text(point), text(application)]);
  }

  /** A line of allowed_signers. */
  line(principal: string): string {
    return `${principal} namespaces="model-signoff" sk-ssh-ed25519@openssh.com ${this.blob.toString('base64')}\n`;
  }

  /** @param flags 1 somebody touched the key, 4 it knew who */
  sign(message: string, flags: number, namespace = 'model-signoff'): string {
    const hash = createHash('sha512').update(message).digest();
    const framed = Buffer.concat([
      Buffer.from('SSHSIG'),
      text(namespace),
      text(''),
      text('sha512'),
      text(hash),
    ]);
    const tail = Buffer.from([flags, 0, 0, 0, 7]);
    const value = sign(
      null,
      Buffer.concat([sha256(Buffer.from(this.#application)), tail, sha256(framed)]),
      this.#secret,
    );
    const inner = Buffer.concat([text('sk-ssh-ed25519@openssh.com'), text(value), tail]);
    const whole = Buffer.concat([
      Buffer.from('SSHSIG'),
      Buffer.from([0, 0, 0, 1]),
      text(this.blob),
      text(namespace),
      text(''),
      text('sha512'),
      text(inner),
    ]);
    return `-----BEGIN SSH SIGNATURE-----\n${(whole.toString('base64').match(/.{1,70}/g) ?? []).join('\n')}\n-----END SSH SIGNATURE-----\n`;
  }
}
