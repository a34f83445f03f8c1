import { base64 } from '../core/signatures/ssh-writer.ts';
import { principal } from './ssh-vectors.ts';

/** Where the parts of a signature's blob begin, by name, lengths apart from what they count. */
export function spans(
  blob: Uint8Array,
): readonly { readonly name: string; readonly start: number; readonly end: number }[] {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.length);
  const found = [
    { name: 'magic', start: 0, end: 6 },
    { name: 'version', start: 6, end: 10 },
  ];
  let at = 10;
  const string = (name: string, inside: boolean): void => {
    const length = view.getUint32(at);
    found.push({ name: `length of ${name}`, start: at, end: at + 4 });
    at += 4;
    if (inside) return;
    found.push({ name, start: at, end: at + length });
    at += length;
  };
  const keyEnd = at + 4 + view.getUint32(at);
  string('key', true);
  for (let field = 0; at < keyEnd; field++) string(`key field ${field}`, false);
  for (const name of ['namespace', 'reserved', 'hash']) string(name, false);
  string('signature', true);
  string('format', false);
  string('value', false);
  if (at < blob.length)
    found.push(
      { name: 'flags', start: at, end: at + 1 },
      { name: 'counter', start: at + 1, end: blob.length },
    );
  return found.filter(({ start, end }) => end > start);
}

/** A line of allowed_signers for the key that a signature's blob names, if it can be written as one. */
export function keyLine(blob: Uint8Array): string {
  const length = blob.length > 14 ? new DataView(blob.buffer, blob.byteOffset).getUint32(10) : 0;
  const key = blob.subarray(14, 14 + length);
  const type = key.subarray(
    4,
    4 + (key.length > 4 ? new DataView(key.buffer, key.byteOffset).getUint32(0) : 0),
  );
  const text = Buffer.from(type).toString('latin1');
  return /^[a-z0-9@.-]+$/.test(text) ? `${principal} ${text} ${base64(key)}\n` : '';
}

/** One part of a signature's blob. */
export function spanOf(
  blob: Uint8Array,
  name: string,
): { readonly start: number; readonly end: number } {
  return spans(blob).find((span) => span.name === name) as { start: number; end: number };
}
