import type { CheckResult } from '../../core/gate/check-result.ts';

/** The next step that the gate gives for what a finding says, as a person would type it. */
export function nextStepOf(
  { findings }: Pick<CheckResult, 'findings'>,
  message: string,
): string | undefined {
  return findings.find((finding) => finding.message === message)?.fix;
}
