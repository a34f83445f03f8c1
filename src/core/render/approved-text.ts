import type { Approval, ApprovedBytes, ApprovedResult, Unapproved } from '../gate/approval.ts';
import type { ShownPath } from '../gate/raw-path.ts';
import { conditionText, evidenceText, landedSigner } from './audit-text.ts';
import { readBranchLines } from './read-branch-text.ts';
import { escapeTerminal } from './terminal.ts';

/** Whether bytes are approved, a line or more for each. */
export function approvedText({ files, target, read, weak }: ApprovedResult): string {
  const [from = '', apart] = readBranchLines(read);
  // Where the local branch is the same, nothing is missing from the answer.
  return [
    ...files.flatMap((file) => bytesLines(file, target.slice('refs/heads/'.length))),
    ...weak,
    ...(apart === undefined ? [] : [from, apart]),
  ]
    .map(escapeTerminal)
    .join('\n');
}

function bytesLines(bytes: ApprovedBytes, branch: string): readonly string[] {
  const name = bytes.file ?? `sha256:${bytes.sha256}`;
  if (bytes.approved)
    return bytes.approvals.flatMap((approval) => [
      `${name}: approved ${onCondition(approval)}${approvalText(approval, branch)}`,
      ...approval.conditions.map((condition) => `    ${conditionText(condition)}`),
      ...approval.evidence.map((file) => `    ${evidenceText(file)}`),
    ]);
  if (bytes.unapproved.length === 0)
    return [
      `${name}: NOT approved: these bytes (sha256:${bytes.sha256.slice(0, 12)}…) never landed on ${branch} under a rule`,
      ...(bytes.cause === undefined
        ? []
        : [`    ${bytes.cause.says}`, `    next: ${bytes.cause.fix}`]),
    ];
  return bytes.unapproved.map((landed) => `${name}: NOT approved: ${unapprovedText(landed)}`);
}

/** Whoever reads no further than the first words must not take this for an approval without reserve. */
function onCondition({ conditions }: Approval): string {
  if (conditions.some(({ state }) => state === 'overdue'))
    return 'on a condition that is OVERDUE, ';
  return conditions.some(({ state }) => state === 'open') ? 'on a condition that is open, ' : '';
}

function approvalText(
  { by, rule, landing, time, path, pointer, current }: Approval,
  branch: string,
): string {
  const who = by.map(landedSigner).join(', ');
  return `as ${shown(path)}${pointer === undefined ? '' : ', whose pointer of Git LFS was signed,'} by ${who} under ${rule}; landed ${time} in ${landing.slice(0, 12)}; ${current ? `stands at the tip of ${branch}` : `no longer at the tip of ${branch}`}`;
}

function unapprovedText({ path, landing, time, rule, state }: Unapproved): string {
  const landed = `as ${shown(path)} it landed ${time} in ${landing.slice(0, 12)} (${state})`;
  return rule === null
    ? `${landed}, where there was no policy that asked for a signature`
    : `${landed}, where ${rule} was not met by signatures`;
}

function shown(path: ShownPath): string {
  return typeof path === 'string' ? path : `(base 64) ${path.b64}`;
}
