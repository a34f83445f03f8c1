import { runCases } from './cases.ts';
import './untrusted.host.ts';

/** What the editor calls once its extension host is up, in a folder that nobody trusts. */
export async function run(): Promise<void> {
  await runCases();
}
