import type { JudgedException } from '../core/gate/exceptions.ts';
import type { JudgedSignoff } from '../core/gate/judged-signoff.ts';
import type { JudgedFiles } from './check-signoffs.ts';

/**
 * The same signed files, where words that bind later checks count only as part of the change: an exception promises
 * approvals, an approval can set conditions, and nobody would find either again had it only been sent to a check.
 *
 * @param sent `sha256:…` of the payloads that somebody sent and the change does not bring
 */
export function withoutUnkept(judged: JudgedFiles, sent: ReadonlySet<string>): JudgedFiles {
  if (sent.size === 0) return judged;
  const isUnkept = ({ id, landed, state }: JudgedSignoff | JudgedException): boolean =>
    !landed && state === 'valid' && id !== null && sent.has(id);
  const unkept = <Signed extends JudgedSignoff | JudgedException>(
    signed: Signed,
    code: string,
    what: string,
  ): Signed => ({
    ...signed,
    state: 'stale',
    findings: [
      ...signed.findings,
      {
        code,
        severity: 'warning',
        message: `${signed.payload?.person} ${what}, and this file does not land with the change: nobody would find it again`,
        path: signed.file,
        line: 4,
        column: 1,
        fix: 'take it into the change: countersign verify --take FILE, and commit',
      },
    ],
  });
  return {
    ...judged,
    signoffs: judged.signoffs.map((signed) =>
      isUnkept(signed) && (signed.payload?.conditions ?? []).length > 0
        ? unkept(signed, 'signoff/not-in-change', 'approves on conditions')
        : signed,
    ),
    exceptions: judged.exceptions.map((signed) =>
      isUnkept(signed)
        ? unkept(signed, 'exception/not-in-change', 'promises the missing approvals')
        : signed,
    ),
  };
}
