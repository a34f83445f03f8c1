import { type ExtensionContext, l10n, type TreeView } from 'vscode';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import {
  brokenPolicy,
  type GateAnswer,
  type GateState,
  lastAnswer,
} from '../workspace/snapshot.ts';
import { changeTree, refusalText } from './change-tree.ts';

/** The Change view, in our own container and in Source Control: what the gate says of what is staged. */
export function registerChangeView(
  context: ExtensionContext,
  model: ModelWorkspace,
): TreeView<TreeNode> {
  const tree = new NodeTree(() => rows(model), [model.onDidChange]);
  const views = ['countersign.change', 'countersign.changeInSourceControl'].map((id) =>
    showTree(id, tree),
  );
  const say = (): void => {
    for (const view of views) {
      view.message = messageOf(model);
      view.description = model.sessions.length > 1 ? (model.current?.folder.name ?? '') : '';
    }
  };
  say();
  context.subscriptions.push(...views, tree, model.onDidChange(say));
  return views[0] as TreeView<TreeNode>;
}

function rows(model: ModelWorkspace): readonly TreeNode[] {
  const { state, current } = model;
  if (state.kind === 'ready' && state.gate.kind === 'failed') return waysOn();
  const answer = state.kind === 'ready' ? shownAnswer(state.gate) : null;
  return answer && current ? changeTree(answer, current) : [];
}

/** Below the reason why it could not be judged. A view that has a message shows no welcome text, whose buttons these would be. */
function waysOn(): readonly TreeNode[] {
  return [
    {
      id: 'refresh',
      label: l10n.t('Look Again'),
      icon: 'refresh',
      command: { title: l10n.t('Look Again'), command: 'countersign.refresh' },
    },
    {
      id: 'showOutput',
      label: l10n.t('Show Output'),
      icon: 'output',
      command: { title: l10n.t('Show Output'), command: 'countersign.showOutput' },
    },
  ];
}

/** While the gate looks again, what it said last stays in view. Nothing staged and nothing found is the welcome text's. */
function shownAnswer(gate: GateState): GateAnswer | null {
  const answer = lastAnswer(gate);
  return answer && (answer.result.examined.entries > 0 || answer.result.findings.length > 0)
    ? answer
    : null;
}

/** Above the rows, where a long sentence has room: why it could not be judged, or what the hook would say of a commit. */
function messageOf({ state }: ModelWorkspace): string {
  if (state.kind !== 'ready') return '';
  const broken = brokenPolicy(state);
  if (broken)
    return [
      l10n.t(
        'The policy in this folder cannot be read: {0}',
        `.countersign/policy.yaml:${broken.line ?? 1}: ${broken.message}`,
      ),
      broken.fix && `→ ${broken.fix}`,
    ]
      .filter(Boolean)
      .join('\n');
  if (state.gate.kind === 'failed')
    return [l10n.t('Could not be judged: {0}', state.gate.failure.message), state.gate.failure.fix]
      .filter(Boolean)
      .join('\n→ ');
  // What it said last stays in view while it looks again; a line above it would make the rows jump at every look.
  const answer = shownAnswer(state.gate);
  if (answer) return answer.commit.exit === 0 ? '' : refusalText(answer);
  return state.gate.kind === 'checking' && !state.gate.last
    ? l10n.t('Looking at what is staged…')
    : '';
}
