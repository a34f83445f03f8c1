/** The curves of NIST that SSH signs with (FIPS 186-4, D.1.2): y² = x³ − 3x + b modulo p; `size` is the bytes of a coordinate. */
export const ellipticCurves = {
  nistp256: {
    curve: 'P-256',
    size: 32,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    curve: 'P-384',
    size: 48,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    curve: 'P-521',
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
} as const;

export type EllipticCurve = (typeof ellipticCurves)[keyof typeof ellipticCurves];

/** Whether two coordinates, big-endian, name a point of the curve. Coordinates of p or more would write one point in several ways. */
export function isOnCurve(
  { p, b }: EllipticCurve,
  xBytes: Uint8Array,
  yBytes: Uint8Array,
): boolean {
  const [x, y] = [numberOf(xBytes), numberOf(yBytes)];
  return x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}

const edwardsPrime = 2n ** 255n - 19n;

/** y of the points of order 8 on edwards25519; with 0, 1 and −1 those are all points of small order. */
const orderEight = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const smallOrder: readonly bigint[] = [
  0n,
  1n,
  edwardsPrime - 1n,
  orderEight,
  edwardsPrime - orderEight,
];

/**
 * Whether an Ed25519 public key (RFC 8032, 5.1.2) is one that a private key makes. Under a point of small order, which the
 * all-zero key is, anybody can write signatures over any bytes; y of p or more would write one point in two ways.
 */
export function isEdwardsKey(point: Uint8Array): boolean {
  const y = numberOf(point.toReversed()) & (2n ** 255n - 1n);
  return y < edwardsPrime && !smallOrder.includes(y);
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
