import {
  Disposable,
  type Event,
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import { oneLine } from './one-line.ts';
import { noRows, type SettledRows, settleRows } from './settle-rows.ts';
import type { TreeNode } from './tree-node.ts';

/** Shows rows that are data. What a refresh leaves as it was is not drawn again, so that selection, scroll and open rows stay. */
export class NodeTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly onDidChangeTreeData;
  readonly #changed = new EventEmitter<TreeNode[] | undefined>();
  readonly #build: () => readonly TreeNode[];
  readonly #subscription: Disposable;
  #rows: SettledRows | undefined;

  /** @param build the rows as they are now @param changed when to ask again */
  constructor(build: () => readonly TreeNode[], changed: readonly Event<unknown>[]) {
    this.#build = build;
    this.onDidChangeTreeData = this.#changed.event;
    this.#subscription = Disposable.from(...changed.map((event) => event(() => this.refresh())));
  }

  refresh(): void {
    // Nobody has looked yet, so there is nothing to draw again.
    if (!this.#rows) return this.#changed.fire(undefined);
    this.#rows = settleRows(this.#rows, this.#build());
    const { changed } = this.#rows;
    if (changed === 'all') this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire([...changed]);
  }

  /** The rows at the top. */
  get roots(): readonly TreeNode[] {
    return this.#settled.roots;
  }

  /** The row of an id, to be revealed. */
  find(id: string): TreeNode | undefined {
    return this.#settled.byId.get(id);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return [...(node ? (node.children ?? []) : this.roots)];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#settled.parents.get(node.id);
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  get #settled(): SettledRows {
    this.#rows ??= settleRows(noRows, this.#build());
    return this.#rows;
  }
}

/** A view of rows, with several selected at once where asked. */
export function showTree(
  view: string,
  tree: NodeTree,
  options: { readonly many?: boolean } = {},
): TreeView<TreeNode> {
  return window.createTreeView(view, {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: options.many ?? false,
  });
}

function treeItem(node: TreeNode): TreeItem {
  const item = new TreeItem(oneLine(node.label), collapsible(node));
  item.id = node.id;
  const description = node.description === undefined ? '' : oneLine(node.description);
  if (description) item.description = description;
  if (node.tooltip !== undefined) item.tooltip = node.tooltip;
  if (node.icon)
    item.iconPath = new ThemeIcon(node.icon, node.color ? new ThemeColor(node.color) : undefined);
  if (node.context) item.contextValue = node.context;
  if (node.command) item.command = node.command;
  if (node.resource) item.resourceUri = node.resource;
  item.accessibilityInformation = {
    label: oneLine(node.spoken ?? [node.label, node.description].filter(Boolean).join(', '), 400),
  };
  return item;
}

function collapsible(node: TreeNode): TreeItemCollapsibleState {
  if (!node.children?.length) return TreeItemCollapsibleState.None;
  return node.expanded ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
}
