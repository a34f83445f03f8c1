import {
  commands,
  type ExtensionContext,
  l10n,
  type OutputChannel,
  type QuickPickItem,
  window,
} from 'vscode';
import { KeyFlow } from '../flow/key-flow.ts';
import { guarded } from '../guarded.ts';
import { titleText } from '../records/record-text.ts';
import { oneLineWithoutIcons } from '../tree/one-line.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { FolderSession } from '../workspace/folder-session.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { attachReport, reportView, showReport } from './report-panel.ts';

/** Reports of evaluations: from the palette, from a decision or an evaluation in a view; they come back after a reload. */
export function registerReports(
  context: ExtensionContext,
  model: ModelWorkspace,
  output: OutputChannel,
): void {
  const add = (id: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`countersign.${id}`, guarded(run, output)));
  };
  const withEvaluation = async (
    target: TreeNode | string | undefined,
    act: (session: FolderSession, id: string) => unknown,
  ): Promise<void> => {
    const { current } = model;
    const id = typeof target === 'string' ? target : await chosenEvaluation(model, target);
    if (current && id) await act(current, id);
  };
  add('showReport', (target?: TreeNode | string) =>
    withEvaluation(target, (session, id) => void showReport(context, session, id)),
  );
  add('evaluate', (target?: TreeNode | string) =>
    withEvaluation(target, (session, id) => showReport(context, session, id).run()),
  );
  context.subscriptions.push(
    window.registerWebviewPanelSerializer(reportView, {
      deserializeWebviewPanel: async (panel, state: { readonly id?: unknown } | undefined) => {
        const { current } = model;
        if (!current || typeof state?.id !== 'string') return panel.dispose();
        attachReport(panel, context, current, state.id);
      },
    }),
  );
}

/** The evaluation of a row; else the one that the person picks, of a decision's where a decision was asked for. */
async function chosenEvaluation(
  { state }: ModelWorkspace,
  node: TreeNode | undefined,
): Promise<string | undefined> {
  if (state.kind !== 'ready') return undefined;
  const record = node?.record ? state.index.byId.get(node.record.id) : undefined;
  if (record?.kind === 'evaluation') return record.value.id;
  const wanted = record?.kind === 'decision' ? (record.value.evaluations ?? []) : null;
  const items = [...state.index.byId.values()].flatMap(
    (candidate): readonly (QuickPickItem & { id: string })[] =>
      candidate.kind === 'evaluation' && (wanted === null || wanted.includes(candidate.value.id))
        ? [
            {
              id: candidate.value.id,
              label: `$(graph) ${oneLineWithoutIcons(titleText(candidate.value.title))}`,
              description: candidate.value.id,
            },
          ]
        : [],
  );
  if (items.length === 0)
    return void window.showInformationMessage(
      l10n.t('There is no evaluation here yet. Make one with: countersign new evaluation'),
    );
  return items.length === 1
    ? items[0]?.id
    : (
        await KeyFlow.run((flow) =>
          flow.pick(items, {
            title: l10n.t('Evaluation'),
            placeholder: l10n.t('Words of the title, or the id'),
          }),
        )
      )?.id;
}
