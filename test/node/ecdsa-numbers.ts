import { armour, bytes, framed, toNumber, unarmour } from '../core/signatures/ssh-writer.ts';
import { spanOf } from './signature-spans.ts';
import type { Vector } from './ssh-keygen.ts';

/** The two numbers of an ecdsa signature, taken out of its blob. */
export function numbersOf(vector: Vector): {
  readonly r: bigint;
  readonly s: bigint;
  readonly rebuild: (...numbers: readonly Uint8Array[]) => Vector;
} {
  const blob = unarmour(vector.armoured);
  const [format, value] = [spanOf(blob, 'format'), spanOf(blob, 'value')];
  const inner = blob.subarray(value.start, value.end);
  const length = new DataView(inner.buffer, inner.byteOffset).getUint32(0);
  const outer = spanOf(blob, 'length of signature').start;
  return {
    r: toNumber(inner.subarray(4, 4 + length)),
    s: toNumber(inner.subarray(8 + length)),
    rebuild: (...numbers) => ({
      ...vector,
      armoured: armour(
        bytes(
          blob.subarray(0, outer),
          framed(framed(blob.subarray(format.start, format.end)), framed(...numbers)),
        ),
      ),
    }),
  };
}
