import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeTurns } from '../../src/node/turns.ts';

test('so much work runs at a time, in the order asked for, also after some of it failed', async () => {
  const turns = takeTurns(3);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const done = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      turns(async () => {
        started.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resume) => setImmediate(resume));
        running -= 1;
        if (index % 4 === 0) throw new Error('failed');
        return index;
      }),
    ),
  );
  assert.equal(most, 3);
  assert.deepEqual(
    started,
    Array.from({ length: 20 }, (_, index) => index),
  );
  assert.deepEqual(
    done.map(({ status }) => status === 'fulfilled'),
    started.map((index) => index % 4 !== 0),
  );
  assert.equal(await turns(() => Promise.resolve('still open')), 'still open');
});
