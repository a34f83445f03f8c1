import type { SignoffPayload } from '../core/gate/payload.ts';
import type { Repository } from './repository.ts';

/** What makes each payload one of its own: when it is signed, and a number that nobody could guess. */
export function signingMoment({
  clock,
  random,
}: Pick<Repository, 'clock' | 'random'>): Pick<SignoffPayload, 'signed_at' | 'nonce'> {
  return {
    signed_at: payloadTime(clock.now()),
    nonce: [...random.bytes(8)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
  };
}

/** A time as payloads write it: UTC, whole seconds. */
export function payloadTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
