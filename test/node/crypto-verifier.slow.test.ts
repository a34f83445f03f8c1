import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armour, bytes, unarmour } from '../core/signatures/ssh-writer.ts';
import { fuzzRuns } from '../fuzz-runs.ts';
import { keyLine, spans } from './signature-spans.ts';
import { keygenAccepts, type Vector } from './ssh-keygen.ts';
import { agree, folder, honest, weAccept } from './ssh-vectors.ts';
import { fc } from '../drawn-inputs.ts';

test('a bit turned in any part of a signature refuses, by both', () => {
  for (const [name, vector] of honest) {
    const blob = unarmour(vector.armoured);
    for (const { name: part, start, end } of spans(blob)) {
      for (const [at, bit] of [
        [start, 0x80],
        [start, 0x01],
        [(start + end) >> 1, 0x10],
        [end - 1, 0x01],
      ] as const) {
        // Version 0 is in the table of differences below.
        if (part === 'version' && bit === 0x01) continue;
        const bent = blob.with(at, (blob[at] ?? 0) ^ bit);
        agree({ ...vector, armoured: armour(bent) }, false, `${name}, ${part}, byte ${at}`);
        if (part.startsWith('key'))
          agree(
            { ...vector, armoured: armour(bent), allowed: keyLine(bent) },
            false,
            `${name}, ${part} of a known key, byte ${at}`,
          );
      }
    }
  }
});

test('a signature cut, lengthened or with a part taken out refuses, by both', () => {
  for (const [name, vector] of honest) {
    const blob = unarmour(vector.armoured);
    for (const { name: part, start, end } of spans(blob)) {
      agree(
        { ...vector, armoured: armour(blob.subarray(0, start)) },
        false,
        `${name}, cut before ${part}`,
      );
      agree(
        { ...vector, armoured: armour(bytes(blob.subarray(0, start), blob.subarray(end))) },
        false,
        `${name}, without ${part}`,
      );
      agree(
        { ...vector, armoured: armour(bytes(blob.subarray(0, end), 0, blob.subarray(end))) },
        false,
        `${name}, a byte after ${part}`,
      );
    }
  }
});

test('any few bytes changed refuse, by both', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...honest.keys()),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
        minLength: 1,
        maxLength: 3,
      }),
      (name, changes) => {
        const vector = honest.get(name) as Vector;
        const blob = unarmour(vector.armoured);
        const bent = changes.reduce(
          (sum, [place, by]) => sum.with(place % sum.length, (sum[place % sum.length] ?? 0) ^ by),
          blob,
        );
        // Version 0 is in the table of differences below.
        if (Buffer.compare(bent.with(9, 1), blob) === 0) return;
        const changed = { ...vector, armoured: armour(bent) };
        assert.equal(weAccept(changed), false);
        assert.equal(keygenAccepts(folder, changed), false);
      },
    ),
    // Each run starts a process.
    { numRuns: Math.ceil(fuzzRuns(15_000) / 50) },
  );
});
