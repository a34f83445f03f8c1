import type { ExtensionContext, TreeView } from 'vscode';
import { brokenRows } from '../tree/broken-rows.ts';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { decisionTree } from './decision-tree.ts';

/** The Decisions view, by status. */
export function registerDecisionsView(
  context: ExtensionContext,
  model: ModelWorkspace,
): TreeView<TreeNode> {
  const rows = (): readonly TreeNode[] => {
    const { state, current } = model;
    // Where none can be read, the text of an empty view says so, and leads to the problems.
    if (state.kind !== 'ready' || !current || state.index.decisions.length === 0) return [];
    return [
      ...brokenRows(state.index, '.countersign/decisions/', current),
      ...decisionTree(state.index.decisions, current),
    ];
  };
  const tree = new NodeTree(rows, [model.onDidChange]);
  const view = showTree('countersign.decisions', tree);
  context.subscriptions.push(view, tree);
  return view;
}
