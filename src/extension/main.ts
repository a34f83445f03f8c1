import type { ExtensionContext } from 'vscode';

/** Called by the editor when one of our views, commands or a workspace with `.countersign` wakes the extension. */
export function activate(_context: ExtensionContext): void {}
