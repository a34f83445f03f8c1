import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesDigest } from '../../../src/core/trails/anchored-lines.ts';
import { followAnchor } from '../../../src/core/trails/follow-anchor.ts';
import { lines, score, values } from './anchored-text.ts';

test('nothing to prove it by is no proof, and says why', () => {
  const own = lines(score);
  const anchor = { path: 'a.java', lines: [2, 3] as [number, number], symbol: 'score' };
  const bare = followAnchor({ anchor, own, held: null });
  assert.equal(bare.state, 'unproven');
  assert.match(bare.why, /nothing but line numbers .* symbol not understood in \.java/);
  const lack = 'the commit 1234567 is not here';
  assert.equal(followAnchor({ anchor, own, held: null, lack }).why.startsWith(lack), true);
  const past = { ...anchor, lines: [2, 30] as [number, number] };
  assert.equal(followAnchor({ anchor: past, own, held: null }).state, 'lost');
  const hidden = 'it lies in a submodule';
  assert.equal(followAnchor({ anchor, own: null, hidden, held: null }).state, 'unproven');
});

test('without the version of then nobody is told that lines were rewritten', () => {
  const then = lines(score);
  const cut = 'this clone lacks part of the history (git fetch --unshallow)';
  const ask = (now: string | null, symbol: string, more = {}): string => {
    const digest = linesDigest(then.bytes, 1, 4) as string;
    const anchor = { path: 'a.py', lines: [1, 4] as [number, number], symbol, digest };
    const own = now === null ? null : lines(now);
    const { state, why } = followAnchor({ anchor, own, held: null, cut, ...more });
    return `${state}: ${why}`;
  };
  const unknown = `${cut}, so nobody can tell whether the lines were moved or rewritten`;
  assert.equal(ask('a = 1\nb = 2\n', 'score'), `changed: ${unknown}`);
  assert.equal(
    ask('a = 1\ndef score(r):\n    return 0\n', 'score'),
    `changed: ${unknown}; score is here now`,
  );
  assert.equal(
    ask(null, 'score'),
    `lost: the file is gone; ${cut}, so nobody can tell whether it was moved`,
  );
  assert.equal(ask(score, 'score'), 'exact: the lines are as they were');
});

test('a changed line in a long block costs little more than an unchanged one', () => {
  const text = values(1, 20_000);
  const then = lines(text);
  const now = lines(text.replace('value_3600 =', 'x ='));
  const anchor = { path: 'a.py', lines: [3001, 11_000] as [number, number] };
  const started = performance.now();
  const found = followAnchor({
    anchor,
    own: now,
    held: { path: 'a.py', file: then, lines: [3001, 11_000] },
  });
  assert.deepEqual([found.state, found.now?.lines], ['changed', [3001, 11_000]]);
  assert.ok(performance.now() - started < 3000);
});
