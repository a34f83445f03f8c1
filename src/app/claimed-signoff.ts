import { parsePayload, type SignoffPayload, signoffPayload } from '../core/gate/payload.ts';
import { readSignedFile } from '../core/gate/signoff-file.ts';
import { perBytes } from './per-bytes.ts';

/** What a file says that may be a sign-off, before its signature was verified: only to know where to look. Null where it is none. */
export const claimedSignoff = perBytes((bytes): SignoffPayload | null => {
  const read = readSignedFile('signoff', bytes);
  const parsed = read.ok ? parsePayload<SignoffPayload>(signoffPayload, read.json) : null;
  return parsed?.ok ? parsed.value : null;
});
