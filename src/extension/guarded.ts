import { type OutputChannel, window } from 'vscode';
import { failureOf } from './workspace/snapshot.ts';

/** One place where what a command could not do becomes a message with its next step. */
export function guarded(
  run: (...args: never[]) => unknown,
  output: OutputChannel,
): (...args: never[]) => Promise<unknown> {
  return async (...args) => {
    try {
      return await run(...args);
    } catch (error) {
      const { code, message, fix } = failureOf(error);
      output.appendLine(`countersign: ${message} (${code})${fix ? `\n  ${fix}` : ''}`);
      if (code === 'internal/bug' && error instanceof Error && error.stack)
        output.appendLine(error.stack);
      void window.showErrorMessage([message, fix].filter(Boolean).join(' → '));
      return undefined;
    }
  };
}
