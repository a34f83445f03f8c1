import type { CliCommand } from './command.ts';

/** Every command that is offered: a summary for the overview, and how to load it. */
export const commands: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<CliCommand> }>> = {
};
