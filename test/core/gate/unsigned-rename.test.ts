/** A branch that calls itself the policy branch by a change that nobody signed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Landing } from '../../../src/core/gate/landing.ts';
import { unsignedRename } from '../../../src/core/gate/unsigned-rename.ts';
import { digest, hex } from './values.ts';

function landing(to: string, branch: string | null, state: Landing['state'] = 'signed'): Landing {
  return {
    from: hex('0'),
    to,
    steps: 1,
    how: 'commit',
    time: '2026-11-24T06:00:00Z',
    stamp: null,
    subject: to,
    verdict: 'pass',
    state,
    policy: branch === null ? null : { branch: `refs/heads/${branch}`, tip: hex('1'), digest },
    rules: [],
    exceptions: [],
    conditions: [],
    findings: [],
  };
}

const rows: readonly {
  readonly name: string;
  readonly landings: readonly Landing[];
  readonly now: string;
  readonly want: string | null;
}[] = [
  { name: 'nothing landed', landings: [], now: 'main', want: null },
  {
    name: 'one name throughout',
    landings: [landing('a', 'main'), landing('b', 'main', 'unsigned')],
    now: 'main',
    want: null,
  },
  {
    name: 'a rename that was signed',
    landings: [landing('a', 'main'), landing('b', 'trunk')],
    now: 'trunk',
    want: null,
  },
  {
    name: 'a rename that nobody signed',
    landings: [landing('a', 'main', 'unsigned'), landing('b', 'trunk')],
    now: 'trunk',
    want: 'main trunk a',
  },
  {
    name: 'a rename that nobody signed, last',
    landings: [landing('a', 'main'), landing('b', 'main', 'failed')],
    now: 'trunk',
    want: 'main trunk b',
  },
  {
    name: 'the first of two',
    landings: [landing('a', 'main', 'failed'), landing('b', 'trunk', 'failed')],
    now: 'next',
    want: 'main trunk a',
  },
  {
    name: 'a first policy',
    landings: [landing('a', null, 'unprotected'), landing('b', 'trunk')],
    now: 'trunk',
    want: null,
  },
  {
    name: 'with what no policy judged between',
    landings: [
      landing('a', 'main', 'failed'),
      landing('b', null, 'undecidable'),
      landing('c', 'trunk'),
    ],
    now: 'trunk',
    want: 'main trunk a',
  },
];

for (const { name, landings, now, want } of rows)
  test(`an unsigned rename: ${name}`, () => {
    const found = unsignedRename(landings, `refs/heads/${now}`);
    const shown = found && `${found.from.slice(11)} ${found.to.slice(11)} ${found.landing.to}`;
    assert.equal(shown, want);
  });
