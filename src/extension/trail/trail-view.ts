import {
  commands,
  type ExtensionContext,
  type TextEditor,
  type TreeView,
  window,
  workspace,
} from 'vscode';
import { NodeTree, showTree } from '../tree/node-tree.ts';
import type { TreeNode } from '../tree/tree-node.ts';
import type { ModelWorkspace } from '../workspace/model-workspace.ts';
import { Standings } from './standings.ts';
import { rowOfLine, trailTree } from './trail-tree.ts';

/** The Trail view: what stands behind the file in front of you. It follows the editor. */
export function registerTrailView(
  context: ExtensionContext,
  model: ModelWorkspace,
): TreeView<TreeNode> {
  let editor: TextEditor | undefined = window.activeTextEditor;
  let typed: ReturnType<typeof setTimeout> | undefined;
  let moved: ReturnType<typeof setTimeout> | undefined;
  let shown: TreeNode | undefined;
  let shownPath: string | null = null;
  const place = (): string | null =>
    editor && model.current ? model.current.path(editor.document.uri) : null;
  const standings = new Standings(
    async (repository, paths) =>
      (await import('../../app/signoff-standing.ts')).standingOfSignoffs(repository, paths),
    () => tree.refresh(),
  );
  const rows = (): readonly TreeNode[] => {
    const path = place();
    const { state, current } = model;
    if (state.kind !== 'ready' || !current || path === null) return [];
    const { repository } = state;
    return trailTree(state.index, path, editor?.document.getText() ?? null, {
      session: current,
      standing: (file) => (repository && view.visible ? standings.of(repository, file) : undefined),
    });
  };
  // Before the rows are made again: what was signed is judged by what is staged, and by the keys of the target.
  const again = model.onDidChange(
    (state) => state.kind === 'ready' && state.gate.kind === 'checked' && standings.forget(),
  );
  const tree: NodeTree = new NodeTree(rows, [model.onDidChange]);
  const view: TreeView<TreeNode> = showTree('countersign.trail', tree);
  const follow = (): void => {
    const path = place();
    view.description = path ?? '';
    const shown = tree.roots.length > 0 ? 'rows' : 'nothing';
    // The welcome text waits for the rows: a view that fills up must not say first that nothing is there.
    void commands.executeCommand(
      'setContext',
      'countersign.trail',
      path === null ? 'noEditor' : shown,
    );
  };
  const refresh = (): void => {
    tree.refresh();
    follow();
  };
  const showLine = (): void => {
    const path = place();
    const { state, current } = model;
    if (!view.visible || !editor || path === null || !current || state.kind !== 'ready') return;
    const id = rowOfLine(
      state.index,
      { path, text: editor.document.getText(), line: editor.selection.active.line + 1 },
      current,
    );
    const row = id === undefined ? undefined : tree.find(id);
    // Another file begins at its top.
    const target = row ?? (path === shownPath ? undefined : tree.roots[0]);
    if (target && (row !== shown || path !== shownPath))
      void view
        .reveal(target, { select: row !== undefined, focus: false, expand: row !== undefined })
        .then(undefined, () => {});
    shown = row;
    shownPath = path;
  };
  follow();
  context.subscriptions.push(
    view,
    tree,
    again,
    view.onDidChangeVisibility(() => tree.refresh()),
    model.onDidChange(follow),
    // Anchors are followed while a person types, but not at every key.
    workspace.onDidChangeTextDocument(({ document }) => {
      clearTimeout(typed);
      if (document === editor?.document) typed = setTimeout(refresh, 400);
    }),
    // The row of the line with the cursor, as the outline does it; only when the lines are other ones.
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      clearTimeout(moved);
      if (textEditor === editor) moved = setTimeout(showLine, 250);
    }),
    { dispose: () => [typed, moved].forEach(clearTimeout) },
    window.onDidChangeActiveTextEditor((next) => {
      // A click into a view or an output has no editor, and the box of a comment is one of its own: what was shown stays.
      if (next ? next.document.uri.scheme === 'comment' : window.visibleTextEditors.length > 0)
        return;
      editor = next;
      refresh();
    }),
  );
  return view;
}
