import type { SignoffState } from '../../../src/core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { hex } from './values.ts';
import { attested, type Given, via } from './judged-by.ts';

export const attestedRows: readonly {
  readonly name: string;
  readonly given: Given;
  readonly state: SignoffState;
  readonly code?: string;
  readonly severity?: 'warning';
  readonly line?: number;
}[] = [
  {
    name: 'by an attestor',
    given: attested,
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor who says nothing',
    given: { ...attested, payload: { via, vouches: [], meets: [], conditions: [] } },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that is none of the change',
    given: { ...attested, payload: { via: { ...via, commit: '1'.repeat(40) } } },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that has landed and is gone',
    given: { ...attested, payload: { via: { ...via, commit: '1'.repeat(40) } }, mayBeGone: true },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that brings something else',
    given: { ...attested, approved: { rules: new Set(['docs']) } },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor, of a commit that has landed and brought something else',
    given: { ...attested, approved: { rules: new Set() }, mayBeGone: true },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by an attestor who lists evidence of that commit',
    given: {
      ...attested,
      payload: { via, evidence: [{ path: 'a.yaml', sha256: hex('3') }] },
      approved: { moved: new Set(['b.yaml']) },
    },
    state: 'valid',
    code: 'signoff/by-forge',
    severity: 'warning',
  },
  {
    name: 'by an attestor who lists evidence that the commit did not have',
    given: {
      ...attested,
      payload: {
        via,
        evidence: [
          { path: 'b.yaml', sha256: hex('3') },
          { path: 'a.yaml', sha256: hex('3') },
        ],
      },
      approved: { moved: new Set(['a.yaml']) },
    },
    state: 'not-allowed',
    code: 'signoff/other-commit',
    severity: 'warning',
  },
  {
    name: 'by a key of their own, as if by an attestor',
    given: { payload: { via } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor of another forge',
    given: { ...attested, payload: { via: { ...via, forge: 'gitlab' } } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for another login',
    given: { ...attested, payload: { via: { ...via, login: 'cy' } } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for somebody without a login',
    given: { ...attested, payload: { via, person: 'cy' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  {
    name: 'by an attestor for nobody',
    given: { ...attested, payload: { via, person: 'toString' } },
    state: 'not-allowed',
    code: 'signoff/not-allowed',
    severity: 'warning',
  },
  ...(
    [
      { decision: 'reject' },
      { decision: 'withdraw' },
      { answers: { a: { answer: 'yes' } } },
      { replaces: `sha256:${hex('2')}` },
      { role: 'author' },
      { vouches: ['m@example.org'] },
      { meets: [{ payload: `sha256:${hex('2')}`, condition: 0 }] },
      { conditions: [{ text: 't', owner: 'ada', due: '2026-12-01' }] },
    ] satisfies readonly Partial<SignoffPayload>[]
  ).map(
    (more) =>
      ({
        name: `by an attestor who says more: ${Object.keys(more)[0]}`,
        given: { ...attested, payload: { via, ...more } },
        state: 'not-allowed',
        code: 'signoff/not-allowed',
        severity: 'warning',
      }) as const,
  ),
];
