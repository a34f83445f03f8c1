import type { ExtensionContext, TreeView } from 'vscode';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { decisionTree } from './decision-tree.ts';

/** The Decisions view, by status. */
export function registerDecisionsView(
  context: ExtensionContext,
  model: ModelWorkspace,
): TreeView<TreeNode> {
  const rows = (): readonly TreeNode[] =>
    model.state.kind === 'ready' && model.current
      ? decisionTree(model.state.index.decisions, model.current)
      : [];
  const tree = new NodeTree(rows, [model.onDidChange]);
  const view = showTree('countersign.decisions', tree);
  context.subscriptions.push(view, tree);
  return view;
}
