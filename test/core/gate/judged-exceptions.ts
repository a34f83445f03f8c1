import {
  type ExceptionContext,
  type JudgedException,
  judgeException,
} from '../../../src/core/gate/exceptions.ts';
import type { ProvenSignature, SignatureProof } from '../../../src/core/gate/judged-signoff.ts';
import type { ExceptionPayload } from '../../../src/core/gate/payload.ts';
import { writeSignedFile } from '../../../src/core/gate/signoff-file.ts';
import { digest, gatePolicy } from './values.ts';

export const file = '.countersign/exceptions/EX-WAGE01.yaml';
export const usual: ExceptionPayload = {
  repository: 'wage-model',
  target: 'refs/heads/main',
  rule: 'model-change',
  digest,
  person: 'eve',
  role: 'policy-admin',
  reason: 'wrong wages',
  expires: '2026-11-26T06:00:00Z',
  follow_up_by: '2026-12-03',
  signed_at: '2026-11-23T06:00:00Z',
  nonce: '00ff',
};
export const eves: ProvenSignature = {
  kind: 'proven',
  state: 'valid',
  principal: 'eve@example.org',
  key: 'SHA256:eve',
  touched: false,
  verified: false,
  why: '',
};

export type Given = {
  readonly payload?: Partial<ExceptionPayload>;
  readonly proof?: SignatureProof;
  readonly context?: Partial<ExceptionContext>;
  readonly mode?: string;
  readonly text?: string;
  readonly landed?: boolean;
};

export function judged({
  payload = {},
  proof = eves,
  context = {},
  mode = '100644',
  text,
  landed = false,
}: Given): JudgedException {
  const bytes = new TextEncoder().encode(
    text ??
      writeSignedFile(
        'exception',
        JSON.stringify({ ...usual, ...payload }),
        '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n',
      ),
  );
  return judgeException({ path: file, mode, bytes }, landed, {
    policy: gatePolicy(),
    target: 'refs/heads/main',
    now: new Date('2026-11-24T06:00:00Z'),
    verify: () => proof,
    digests: new Map([['model-change', digest]]),
    ...context,
  });
}
