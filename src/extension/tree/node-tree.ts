import { Disposable, type Event, EventEmitter, ThemeColor, ThemeIcon, type TreeDataProvider, TreeItem, TreeItemCollapsibleState, type TreeView, window } from 'vscode';
import { oneLine } from './one-line.ts';
import type { TreeNode } from './tree-node.ts';

/** Shows rows that are data, and finds them again after a refresh. */
export class NodeTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly onDidChangeTreeData;
  readonly #changed = new EventEmitter<void>();
  readonly #build: () => readonly TreeNode[];
  readonly #subscription: Disposable;
  #parents = new Map<string, TreeNode | undefined>();
  #roots: readonly TreeNode[] | undefined;

  /** @param build the rows as they are now @param changed when to ask again */
  constructor(build: () => readonly TreeNode[], changed: readonly Event<unknown>[]) {
    this.#build = build;
    this.onDidChangeTreeData = this.#changed.event;
    this.#subscription = Disposable.from(...changed.map((event) => event(() => this.refresh())));
  }

  refresh(): void {
    this.#roots = undefined;
    this.#changed.fire();
  }

  /** The rows at the top. */
  get roots(): readonly TreeNode[] {
    if (!this.#roots) {
      this.#roots = this.#build();
      this.#parents = new Map();
      this.#adopt(this.#roots, undefined);
    }
    return this.#roots;
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node ? (node.children ?? []) : this.roots)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node.id);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #adopt(nodes: readonly TreeNode[], parent: TreeNode | undefined): void {
    for (const node of nodes) {
      this.#parents.set(node.id, parent);
      this.#adopt(node.children ?? [], node);
    }
  }
}

/** A view of rows, with several selected at once where asked. */
export function showTree(view: string, tree: NodeTree, options: { readonly many?: boolean } = {}): TreeView<TreeNode> {
  return window.createTreeView(view, { treeDataProvider: tree, showCollapseAll: true, canSelectMany: options.many ?? false });
}

function treeItem(node: TreeNode): TreeItem {
  const item = new TreeItem(oneLine(node.label), collapsible(node));
  item.id = node.id;
  const description = node.description === undefined ? '' : oneLine(node.description);
  if (description) item.description = description;
  if (node.tooltip !== undefined) item.tooltip = node.tooltip;
  if (node.icon) item.iconPath = new ThemeIcon(node.icon, node.color ? new ThemeColor(node.color) : undefined);
  if (node.context) item.contextValue = node.context;
  if (node.command) item.command = node.command;
  if (node.resource) item.resourceUri = node.resource;
  item.accessibilityInformation = { label: oneLine(node.spoken ?? [node.label, node.description].filter(Boolean).join(', '), 400) };
  return item;
}

function collapsible(node: TreeNode): TreeItemCollapsibleState {
  if (!node.children?.length) return TreeItemCollapsibleState.None;
  return node.expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
