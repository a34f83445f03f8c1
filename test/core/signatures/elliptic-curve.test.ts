import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import {
  ellipticCurves,
  isEdwardsKey,
  isOnCurve,
} from '../../../src/core/signatures/elliptic-curve.ts';
import { bigEndian, hex, toNumber } from './ssh-writer.ts';

/** A point that OpenSSL made. */
function madePoint(curve: string): { readonly x: Uint8Array; readonly y: Uint8Array } {
  const jwk = generateKeyPairSync('ec', { namedCurve: curve }).publicKey.export({ format: 'jwk' });
  return {
    x: Uint8Array.from(Buffer.from(jwk.x ?? '', 'base64url')),
    y: Uint8Array.from(Buffer.from(jwk.y ?? '', 'base64url')),
  };
}

for (const curve of Object.values(ellipticCurves)) {
  test(`points of ${curve.curve} are told from other pairs of numbers`, () => {
    for (let count = 0; count < 5; count++) {
      const { x, y } = madePoint(curve.curve);
      const negative = bigEndian(curve.p - toNumber(y), curve.size);
      assert.equal(isOnCurve(curve, x, y), true);
      assert.equal(isOnCurve(curve, x, negative), true);
      assert.equal(isOnCurve(curve, y, x), false);
      const bent = Uint8Array.from(y);
      bent[curve.size - 1] = (bent[curve.size - 1] ?? 0) ^ 1;
      assert.equal(isOnCurve(curve, x, bent), false);
    }
    const zero = new Uint8Array(curve.size);
    assert.equal(isOnCurve(curve, zero, zero), false);
  });

  test(`a coordinate of ${curve.curve} at or above the prime is refused`, () => {
    // x = 0 lies on every one of these curves where b is a square, which it is: its y is a root of b.
    const y = squareRoot(curve.b, curve.p);
    assert.ok(y !== null);
    assert.equal(isOnCurve(curve, new Uint8Array(curve.size), bigEndian(y, curve.size)), true);
    assert.equal(isOnCurve(curve, bigEndian(curve.p, curve.size), bigEndian(y, curve.size)), false);
    if (y + curve.p < 2n ** BigInt(8 * curve.size))
      assert.equal(
        isOnCurve(curve, new Uint8Array(curve.size), bigEndian(y + curve.p, curve.size)),
        false,
      );
  });
}

/** A square root modulo a prime that is 3 modulo 4, or null. */
function squareRoot(value: bigint, prime: bigint): bigint | null {
  const root = power(value, (prime + 1n) / 4n, prime);
  return (root * root) % prime === value % prime ? root : null;
}

function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let [result, square] = [1n, base % prime];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const prime = 2n ** 255n - 19n;

/** An Ed25519 key as it is written: y, little-endian, with the sign of x in the last bit. */
function written(y: bigint, sign = 0n): Uint8Array {
  return bigEndian(y + (sign << 255n), 32).toReversed();
}

test('keys that a private key makes are accepted', () => {
  for (let count = 0; count < 20; count++) {
    const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    assert.equal(isEdwardsKey(Uint8Array.from(Buffer.from(x, 'base64url'))), true);
  }
  // RFC 8032, 7.1, TEST 1.
  assert.equal(
    isEdwardsKey(hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')),
    true,
  );
});

/** The points of small order by an addition of our own: the multiples of one of order 8. */
function smallOrderPoints(): readonly bigint[] {
  const d = (-121665n * power(121666n, prime - 2n, prime)) % prime;
  const mod = (value: bigint): bigint => ((value % prime) + prime) % prime;
  const divide = (a: bigint, b: bigint): bigint => mod(a * power(mod(b), prime - 2n, prime));
  type Point = readonly [bigint, bigint];
  const add = ([x1, y1]: Point, [x2, y2]: Point): Point => {
    const both = mod(d * mod(x1 * x2) * mod(y1 * y2));
    return [divide(x1 * y2 + x2 * y1, 1n + both), divide(y1 * y2 + x1 * x2, 1n - both)];
  };
  const root = (square: bigint): bigint | null => {
    const guess = power(square, (prime + 3n) / 8n, prime);
    const found = [guess, mod(guess * power(2n, (prime - 1n) / 4n, prime))].find(
      (candidate) => mod(candidate * candidate) === square,
    );
    return found ?? null;
  };
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const times = (count: bigint, point: Point): Point => {
    let [sum, double]: [Point, Point] = [[0n, 1n], point];
    for (let left = count; left > 0n; left >>= 1n) {
      if (left & 1n) sum = add(sum, double);
      double = add(double, double);
    }
    return sum;
  };
  for (let y = 2n; ; y++) {
    const x = root(mod(divide(y * y - 1n, d * y * y + 1n)));
    if (x === null) continue;
    const point = times(order, [x, y]);
    const multiples = Array.from({ length: 8 }, (_, count) => times(BigInt(count), point));
    if (new Set(multiples.map((multiple) => multiple.join())).size === 8)
      return multiples.map(([, its]) => its);
  }
}

test('no point of small order is a key, in either sign', () => {
  const ys = new Set(smallOrderPoints());
  assert.equal(ys.size, 5);
  for (const y of ys) {
    assert.equal(isEdwardsKey(written(y)), false, `y = ${y}`);
    assert.equal(isEdwardsKey(written(y, 1n)), false, `y = ${y}, other sign`);
    if (y + prime < 2n ** 255n)
      assert.equal(isEdwardsKey(written(y + prime)), false, `y = ${y} + p`);
  }
});

test('no key is written in two ways', () => {
  for (const y of [prime, prime + 3n, prime + 18n, 2n ** 255n - 1n])
    assert.equal(isEdwardsKey(written(y)), false);
  assert.equal(isEdwardsKey(written(3n)), true);
});
