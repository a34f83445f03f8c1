import type { CliCommand } from './command.ts';

/** Every command that is offered: a summary for the overview, and how to load it. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<CliCommand> }>> = {
  check: { summary: 'whether what would land may land', load: async () => (await import('./commands/check.ts')).command },
  digest: { summary: 'what a signature of this change would name', load: async () => (await import('./commands/digest.ts')).command },
  sign: { summary: 'answer the checklist and sign with your own key', load: async () => (await import('./commands/sign.ts')).command },
  verify: { summary: 'whether sign-offs are genuine and still hold', load: async () => (await import('./commands/verify.ts')).command },
  hook: { summary: 'the git hooks that run the gate', load: async () => (await import('./commands/hook.ts')).command },
};
