import { runCases } from './cases.ts';
import './activation.host.ts';
import './records.host.ts';
import './signing.host.ts';
import './gate.host.ts';
import './lines.host.ts';
import './linking.host.ts';
import './editing.host.ts';
import './reviews.host.ts';

/** What the editor calls once its extension host is up. */
export async function run(): Promise<void> {
  await runCases();
}
