import { commands, type ExtensionContext, type TextEditor, type TreeView, window, workspace } from 'vscode';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { trailTree } from './trail-tree.ts';

/** The Trail view: what stands behind the file in front of you. It follows the editor. */
export function registerTrailView(context: ExtensionContext, model: ModelWorkspace): TreeView<TreeNode> {
  let editor: TextEditor | undefined = window.activeTextEditor;
  let typed: ReturnType<typeof setTimeout> | undefined;
  const place = (): string | null => (editor && model.current ? model.current.path(editor.document.uri) : null);
  const rows = (): readonly TreeNode[] => {
    const path = place();
    return model.state.kind === 'ready' && model.current && path !== null ? trailTree(model.state.index, path, editor?.document.getText() ?? null, model.current) : [];
  };
  const tree = new NodeTree(rows, [model.onDidChange]);
  const view = showTree('countersign.trail', tree);
  const follow = (): void => {
    const path = place();
    view.description = path ?? '';
    // The welcome text waits for the rows: a view that fills up must not say first that nothing is there.
    void commands.executeCommand('setContext', 'countersign.trail', path === null ? 'noEditor' : tree.roots.length > 0 ? 'rows' : 'nothing');
  };
  const refresh = (): void => {
    tree.refresh();
    follow();
  };
  follow();
  context.subscriptions.push(
    view,
    tree,
    model.onDidChange(follow),
    // Anchors are followed while a person types, but not at every key.
    workspace.onDidChangeTextDocument(({ document }) => {
      clearTimeout(typed);
      if (document === editor?.document) typed = setTimeout(refresh, 400);
    }),
    { dispose: () => clearTimeout(typed) },
    window.onDidChangeActiveTextEditor((next) => {
      // A click into a view or an output has no editor: what was shown stays.
      if (!next && window.visibleTextEditors.length > 0) return;
      editor = next;
      refresh();
    }),
  );
  return view;
}
