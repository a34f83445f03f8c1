import { env, l10n, type QuickPickItem, window } from 'vscode';
import type { Diagnosis } from '../../app/diagnosis.ts';
import { diagnose } from '../../app/doctor.ts';
import type { Repository } from '../../app/repository.ts';
import { machineChecks } from '../../node/machine-checks.ts';
import { KeyFlow } from '../flow/key-flow.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';

/**
 * Shows everything that would keep the hooks, the signer or the engine from working, what is not well first; choosing one
 * copies what mends it.
 *
 * @param program the command line, as a hook would call it
 */
export async function showDoctor(
  repository: Repository,
  program: readonly string[],
): Promise<void> {
  const rank = { bad: 0, warning: 1, good: 2 } as const;
  const title = l10n.t('Doctor: what would keep you from signing, measuring or committing here');
  const items = diagnose(repository, machineChecks(repository, program)).then((found) =>
    found.toSorted((a, b) => rank[a.state] - rank[b.state]).map(itemOf),
  );
  const chosen = await KeyFlow.run(async (flow) =>
    flow.pick(await flow.lookUp(title, items), {
      title,
      placeholder: l10n.t('Enter copies what mends it'),
    }),
  );
  if (!chosen?.fix) return;
  await env.clipboard.writeText(chosen.fix);
  window.setStatusBarMessage(l10n.t('Copied: {0}', chosen.fix), 8000);
}

type DiagnosisItem = QuickPickItem & { readonly fix: string | null };

function itemOf({ check, state, says, fix }: Diagnosis): DiagnosisItem {
  const sign = { good: 'pass', warning: 'warning', bad: 'error' }[state];
  return {
    label: `$(${sign}) ${check}`,
    description: oneLineWithoutIcons(says),
    ...(fix === null ? {} : { detail: `→ ${oneLineWithoutIcons(fix)}` }),
    fix,
  };
}
