/** What a push to a ref of a remote does. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PushedRef, pushedRef } from '../../../src/core/gate/pushed-ref.ts';

const review = (names: readonly string[], lands = false): PushedRef => ({
  kind: 'review',
  names,
  lands,
});

const rows: Readonly<Record<string, PushedRef>> = {
  'refs/heads/main': { kind: 'branch', name: 'main' },
  'refs/heads/release/1': { kind: 'branch', name: 'release/1' },
  'refs/heads/refs/for/main': { kind: 'branch', name: 'refs/for/main' },
  'refs/for/main': review(['main']),
  'refs/for/refs/heads/main': review(['main']),
  'refs/for/release/1': review(['release/1', 'release']),
  'refs/for/main/topic/2': review(['main/topic/2', 'main/topic', 'main']),
  'refs/for/main%topic=t,r=ben@example.org': review(['main']),
  'refs/for/main%submit': review(['main'], true),
  'refs/for/main%wip,submit': review(['main'], true),
  'refs/for/main%topic=submit': review(['main']),
  'refs/drafts/main': review(['main']),
  'refs/draft/main': review(['main']),
  'refs/for-review/main': review(['main']),
  'refs/tags/v1': { kind: 'aside' },
  'refs/notes/commits': { kind: 'aside' },
  'refs/lfs/x': { kind: 'aside' },
  'refs/exps/x': { kind: 'aside' },
  'refs/changes/01/1/2': { kind: 'unknown' },
  'refs/remotes/origin/main': { kind: 'unknown' },
  'refs/x/heads/main': { kind: 'unknown' },
  'refs/forge/main': { kind: 'unknown' },
  main: { kind: 'unknown' },
};

for (const [ref, want] of Object.entries(rows))
  test(`a push to ${ref}`, () => assert.deepEqual(pushedRef(ref), want));
