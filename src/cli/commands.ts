import type { CliCommand } from './command.ts';

/** Every command that is offered: a summary for the overview, and how to load it. */
export const commands: Readonly<
  Record<string, { readonly summary: string; readonly load: () => Promise<CliCommand> }>
> = {
  init: {
    summary: 'write a starting .countersign/',
    load: async () => (await import('./commands/init.ts')).command,
  },
  new: {
    summary: 'write a new record',
    load: async () => (await import('./commands/new.ts')).command,
  },
  list: {
    summary: 'list feedback, decisions, slices or evaluations',
    load: async () => (await import('./commands/list.ts')).command,
  },
  show: {
    summary: 'one record with its links both ways',
    load: async () => (await import('./commands/show.ts')).command,
  },
  trail: {
    summary: 'what stands behind a record, or behind lines of code',
    load: async () => (await import('./commands/trail.ts')).command,
  },
  anchors: {
    summary: 'where the code of a record is today',
    load: async () => (await import('./commands/anchors.ts')).command,
  },
  index: {
    summary: 'read every record and say what is wrong',
    load: async () => (await import('./commands/index.ts')).command,
  },
  triage: {
    summary: 'classify and route what waits, by triage.yaml',
    load: async () => (await import('./commands/triage.ts')).command,
  },
  review: {
    summary: 'comments on a record, in threads that follow it',
    load: async () => (await import('./commands/review.ts')).command,
  },
  inbox: {
    summary: 'what waits for you, on every branch',
    load: async () => (await import('./commands/inbox.ts')).command,
  },
  check: {
    summary: 'whether what would land may land',
    load: async () => (await import('./commands/check.ts')).command,
  },
  digest: {
    summary: 'what a signature of this change would name',
    load: async () => (await import('./commands/digest.ts')).command,
  },
  sign: {
    summary: 'answer the checklist and sign with your own key',
    load: async () => (await import('./commands/sign.ts')).command,
  },
  verify: {
    summary: 'whether sign-offs are genuine and still hold',
    load: async () => (await import('./commands/verify.ts')).command,
  },
  audit: {
    summary: 'replay the gate over history: who signed what landed',
    load: async () => (await import('./commands/audit.ts')).command,
  },
  policy: {
    summary: 'try: what a candidate policy would have said of past landings',
    load: async () => (await import('./commands/policy.ts')).command,
  },
  approved: {
    summary: 'whether these very bytes are approved, and by whom',
    load: async () => (await import('./commands/approved.ts')).command,
  },
  export: {
    summary: 'verdicts for other systems: a verification summary of each landing',
    load: async () => (await import('./commands/export.ts')).command,
  },
  evaluate: {
    summary: 'measure a model on groups of people',
    load: async () => (await import('./commands/evaluate.ts')).command,
  },
  report: {
    summary: 'the impact and fairness report',
    load: async () => (await import('./commands/report.ts')).command,
  },
  hook: {
    summary: 'the git hooks that run the gate',
    load: async () => (await import('./commands/hook.ts')).command,
  },
  doctor: {
    summary: 'what would keep hooks, signer or engine from working',
    load: async () => (await import('./commands/doctor.ts')).command,
  },
};
