import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeText, type Texts } from '../../src/app/change-text.ts';

/** A file that another program writes between our reading and our writing, so often. */
function disturbed(times: number): Texts & { text: string } {
  let left = times;
  let reads = 0;
  const place = {
    text: 'ours: 0\n',
    async read() {
      if (++reads % 2 === 0 && left-- > 0) place.text += `theirs: ${left}\n`;
      return place.text;
    },
    async write(_path: string, text: string) {
      place.text = text;
    },
  };
  return place;
}

test('what another writes in between stays, and the change is one of what stands there then', async () => {
  const place = disturbed(2);
  await changeText(place, 'a.yaml', (text) => `${text}added\n`);
  assert.equal(place.text, 'ours: 0\ntheirs: 1\ntheirs: 0\nadded\n');
});

test('a file that never rests is not written, and said so', async () => {
  const place = disturbed(99);
  await assert.rejects(
    changeText(place, 'a.yaml', (text) => `${text}added\n`),
    { code: 'record/not-written', message: 'a.yaml changes all the time' },
  );
  assert.doesNotMatch(place.text, /added/);
});

test('a file that is gone is said to be', async () => {
  const gone = { read: async () => null, write: async () => assert.fail('written') };
  await assert.rejects(
    changeText(gone, 'a.yaml', (text) => text),
    { code: 'record/not-written', message: 'a.yaml is not there any more' },
  );
});
