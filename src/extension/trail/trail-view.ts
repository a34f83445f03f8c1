import {
  commands,
  type Disposable,
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
  const trail = new TrailView(model);
  let typed: ReturnType<typeof setTimeout> | undefined;
  let moved: ReturnType<typeof setTimeout> | undefined;
  trail.follow();
  context.subscriptions.push(
    trail,
    model.onDidChange(() => trail.follow()),
    // Anchors are followed while a person types, but not at every key.
    workspace.onDidChangeTextDocument(({ document }) => {
      clearTimeout(typed);
      if (document === trail.editor?.document) typed = setTimeout(() => trail.refresh(), 400);
    }),
    // The row of the line with the cursor, as the outline does it; only when the lines are other ones.
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      clearTimeout(moved);
      if (textEditor === trail.editor) moved = setTimeout(() => trail.showLine(), 250);
    }),
    { dispose: () => [typed, moved].forEach(clearTimeout) },
    window.onDidChangeActiveTextEditor((next) => {
      // A click into a view or an output has no editor, and the box of a comment is one of its own: what was shown stays.
      if (next ? next.document.uri.scheme === 'comment' : window.visibleTextEditors.length > 0)
        return;
      trail.editor = next;
      trail.refresh();
    }),
  );
  return trail.view;
}

class TrailView implements Disposable {
  editor: TextEditor | undefined = window.activeTextEditor;
  readonly view: TreeView<TreeNode>;
  readonly #model: ModelWorkspace;
  readonly #standings: Standings;
  readonly #tree: NodeTree;
  readonly #subscriptions: readonly Disposable[];
  #shown: TreeNode | undefined;
  #shownPath: string | null = null;

  constructor(model: ModelWorkspace) {
    this.#model = model;
    this.#standings = new Standings(
      async (repository, paths) =>
        (await import('../../app/signoff-standing.ts')).standingOfSignoffs(repository, paths),
      () => this.#tree.refresh(),
    );
    // Before the rows are made again: what was signed is judged by what is staged, and by the keys of the target.
    const again = model.onDidChange(
      (state) =>
        state.kind === 'ready' && state.gate.kind === 'checked' && this.#standings.forget(),
    );
    this.#tree = new NodeTree(() => this.#rows(), [model.onDidChange]);
    this.view = showTree('countersign.trail', this.#tree);
    this.#subscriptions = [
      this.view,
      this.#tree,
      again,
      this.view.onDidChangeVisibility(() => this.#tree.refresh()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  follow(): void {
    const path = this.#place();
    this.view.description = path ?? '';
    const shown = this.#tree.roots.length > 0 ? 'rows' : 'nothing';
    // The welcome text waits for the rows: a view that fills up must not say first that nothing is there.
    void commands.executeCommand(
      'setContext',
      'countersign.trail',
      path === null ? 'noEditor' : shown,
    );
  }

  refresh(): void {
    this.#tree.refresh();
    this.follow();
  }

  showLine(): void {
    const path = this.#place();
    const { state, current } = this.#model;
    const { editor, view } = this;
    if (!view.visible || !editor || path === null || !current || state.kind !== 'ready') return;
    const id = rowOfLine(
      state.index,
      { path, text: editor.document.getText(), line: editor.selection.active.line + 1 },
      current,
    );
    const row = id === undefined ? undefined : this.#tree.find(id);
    // Another file begins at its top.
    const target = row ?? (path === this.#shownPath ? undefined : this.#tree.roots[0]);
    if (target && (row !== this.#shown || path !== this.#shownPath))
      void view
        .reveal(target, { select: row !== undefined, focus: false, expand: row !== undefined })
        .then(undefined, () => {});
    this.#shown = row;
    this.#shownPath = path;
  }

  #place(): string | null {
    const { current } = this.#model;
    return this.editor && current ? current.path(this.editor.document.uri) : null;
  }

  #rows(): readonly TreeNode[] {
    const path = this.#place();
    const { state, current } = this.#model;
    if (state.kind !== 'ready' || !current || path === null) return [];
    const { repository } = state;
    return trailTree(state.index, path, this.editor?.document.getText() ?? null, {
      session: current,
      standing: (file) =>
        repository && this.view.visible ? this.#standings.of(repository, file) : undefined,
    });
  }
}
