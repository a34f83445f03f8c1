import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TypedKeys } from '../../src/extension/flow/typed-keys.ts';

/** A field of a window that is far away: what is done to it is told later, in order. */
class FarField {
  readonly typed = new TypedKeys();
  readonly #onTheWay: string[] = [];
  #value = '';

  type(keys: string): void {
    for (const key of keys) this.#set(this.#value + key);
  }

  delete(): void {
    this.#set(this.#value.slice(0, -1));
  }

  /** What we write arrives at once here; news of what was typed before may still be on its way. */
  write(value: string): void {
    this.#set(this.typed.write(value));
  }

  tell(): void {
    for (const value of this.#onTheWay.splice(0)) this.typed.heard(value);
  }

  #set(value: string): void {
    if (value === this.#value) return;
    this.#value = value;
    this.#onTheWay.push(value);
  }
}

test('keys are taken in order, each once, however late the news of them comes', () => {
  const field = new FarField();
  field.type('p42');
  field.write('');
  field.type('a');
  field.tell();
  assert.deepEqual(
    [1, 2, 3, 4, 5].map(() => field.typed.next()),
    ['p', '4', '2', 'a', undefined],
  );
});

test('the same key twice is two keys, also over a field that was emptied in between', () => {
  const field = new FarField();
  field.type('a');
  field.tell();
  field.write('');
  field.type('a');
  field.tell();
  assert.equal(field.typed.keys, 'aa');
  assert.equal(field.typed.settle(), 'a');
});

test('words that were typed ahead are written to the field, and what comes after is added', () => {
  const field = new FarField();
  field.type('xno');
  field.write('');
  field.tell();
  assert.equal(field.typed.next(), 'x');
  field.type('t o');
  field.write('no');
  field.tell();
  assert.deepEqual([field.typed.keys, field.typed.settle()], ['not o', 'no']);
  field.write('not o');
  field.type('urs');
  field.tell();
  assert.deepEqual([field.typed.keys, field.typed.settle()], ['not ours', 'not ours']);
});

test('what is deleted again was not typed', () => {
  const field = new FarField();
  field.type('abc');
  field.delete();
  field.type('d');
  field.tell();
  assert.equal(field.typed.keys, 'abd');
});

test('to write what stands there already is no news to wait for', () => {
  const field = new FarField();
  field.write('');
  assert.equal(field.typed.settle(), '');
  field.type('b');
  field.tell();
  assert.equal(field.typed.keys, 'b');
});

test('keys for a matter that is over are dropped', () => {
  const field = new FarField();
  field.type('aaa');
  field.tell();
  field.typed.drop();
  assert.equal(field.typed.next(), undefined);
});
