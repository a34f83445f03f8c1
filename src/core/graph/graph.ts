import type { Position } from '../finding/finding.ts';
import type { FollowedAnchor } from '../trails/followed-anchor.ts';
import type { LinkKind, LinkSource } from './record-links.ts';

export type NodeKind =
  | 'feedback'
  | 'decision'
  | 'slice'
  | 'evaluation'
  | 'review'
  | 'result'
  | 'signoff'
  | 'file'
  | 'glob'
  | 'artifact'
  | 'person';

/** Something that is linked: a record by its id, other things by `kind:name`; a review thread as `review:<record>/<thread>`. */
export type GraphNode = {
  readonly id: string;
  readonly kind: NodeKind;
  /** One line for people: hostile text, to be escaped by every writer. */
  readonly title: string;
  readonly status: string | null;
  /** File of the node, from the repository's top; null for a person, a glob or an artifact. */
  readonly path: string | null;
  /** False for the target of a link that leads nowhere. */
  readonly exists: boolean;
};

/** A link between two nodes, and where it is written. `lines` are those of a code anchor, from 1, both included. */
export type GraphEdge = {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  readonly source: LinkSource;
  readonly at: Position;
  readonly lines: readonly [number, number] | null;
  /** Of a code anchor that was followed: whether these are its lines, and where they were. */
  readonly anchor?: FollowedAnchor;
};

/** The records of a repository and everything that they are linked to, from both ends. */
export class Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly GraphEdge[];
  readonly #from = new Map<string, GraphEdge[]>();
  readonly #to = new Map<string, GraphEdge[]>();

  constructor(nodes: ReadonlyMap<string, GraphNode>, edges: readonly GraphEdge[]) {
    this.nodes = nodes;
    this.edges = edges;
    for (const edge of edges) {
      push(this.#from, edge.from, edge);
      push(this.#to, edge.to, edge);
    }
  }

  node(id: string): GraphNode | undefined {
    return this.nodes.get(id);
  }

  /** Links that a node states. */
  outgoing(id: string): readonly GraphEdge[] {
    return this.#from.get(id) ?? [];
  }

  /** Links that others state to a node. */
  incoming(id: string): readonly GraphEdge[] {
    return this.#to.get(id) ?? [];
  }

  /** Links to what does not exist. */
  get dangling(): readonly GraphEdge[] {
    return this.edges.filter(({ to }) => this.nodes.get(to)?.exists === false);
  }
}

function push(map: Map<string, GraphEdge[]>, key: string, edge: GraphEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}
