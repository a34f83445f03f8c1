import type { TreeNode } from './tree-node.ts';

/** A row as the editor holds it: the same object for the same id after every refresh, so that nothing has to be found anew. */
type Row = { -readonly [Key in keyof TreeNode]: TreeNode[Key] };

export type SettledRows = {
  readonly roots: readonly TreeNode[];
  readonly byId: ReadonlyMap<string, TreeNode>;
  readonly parents: ReadonlyMap<string, TreeNode | undefined>;
  /** What the editor has to draw again: everything, or these rows with what is below them. */
  readonly changed: 'all' | readonly TreeNode[];
};

/** No row at all. */
export const noRows: SettledRows = {
  roots: [],
  byId: new Map(),
  parents: new Map(),
  changed: 'all',
};

/**
 * Puts fresh rows into the objects that the editor knows, and says which rows look otherwise or have other children. A row
 * under one that is drawn again is not named: it comes along.
 */
export function settleRows(before: SettledRows, fresh: readonly TreeNode[]): SettledRows {
  const byId = new Map<string, TreeNode>();
  const parents = new Map<string, TreeNode | undefined>();
  const changed: TreeNode[] = [];
  const settle = (node: TreeNode, parent: TreeNode | undefined, told: boolean): TreeNode => {
    const known = before.byId.get(node.id) as Row | undefined;
    const differs =
      known !== undefined && (looks(known) !== looks(node) || childIds(known) !== childIds(node));
    const row: Row = known ?? ({} as Row);
    if (differs && !told) changed.push(row);
    const children = node.children?.map((child) => settle(child, row, told || differs));
    for (const key of Object.keys(row)) delete row[key as keyof Row];
    Object.assign(row, node, children ? { children } : {});
    byId.set(node.id, row);
    parents.set(node.id, parent);
    return row;
  };
  const sameRoots = idsOf(before.roots) === idsOf(fresh);
  const roots = fresh.map((node) => settle(node, undefined, false));
  return { roots, byId, parents, changed: sameRoots ? changed : 'all' };
}

function looks(node: TreeNode): string {
  return JSON.stringify({ ...node, children: undefined });
}

function childIds({ children = [] }: TreeNode): string {
  return idsOf(children);
}

function idsOf(nodes: readonly TreeNode[]): string {
  return JSON.stringify(nodes.map(({ id }) => id));
}
