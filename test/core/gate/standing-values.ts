import type { JudgedSignoff } from '../../../src/core/gate/judged-signoff.ts';
import type { SignoffPayload } from '../../../src/core/gate/payload.ts';
import { signoffOf } from './values.ts';

export const by = (
  id: string,
  payload: Partial<SignoffPayload> = {},
  more: Partial<Omit<JudgedSignoff, 'payload' | 'id'>> = {},
  person = 'ben',
) => signoffOf(person, payload, { ...more, id });
export const after = (
  id: string,
  payload: Partial<SignoffPayload> = {},
  more: Partial<Omit<JudgedSignoff, 'payload' | 'id'>> = {},
  person = 'ben',
) => by(id, { replaces: 'a', ...payload }, more, person);

export const goodKey = {
  kind: 'proven',
  state: 'valid',
  principal: 'ben@example.org',
  key: 'SHA256:x',
  touched: false,
  verified: false,
  why: '',
} as const;
export const expiredKey = { state: 'expired', proof: { ...goodKey, state: 'expired' } } as const;
