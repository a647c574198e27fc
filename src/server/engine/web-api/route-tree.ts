/** Paths as a tree of segments: finding one takes a look-up a segment, however many there are. */
export type RouteTree<Entry> = {
  readonly literals: Map<string, RouteTree<Entry>>;
  /** Where a path goes on with any segment. */
  member: RouteTree<Entry> | undefined;
  /** What is here, by method. */
  readonly methods: Map<string, Entry>;
};

/** A path of the tree, and the segments that stand for its members. */
export type Found<Entry> = { methods: ReadonlyMap<string, Entry>; values: string[] };

export function createRouteTree<Entry>(): RouteTree<Entry> {
  return { literals: new Map(), member: undefined, methods: new Map() };
}

/**
 * Adds a route.
 *
 * @param path segments; one in braces stands for any.
 */
export function addRoute<Entry>(
  tree: RouteTree<Entry>,
  { method, path }: { method: string; path: string },
  entry: Entry,
): void {
  const node = path.split("/").reduce(childOf, tree);
  node.methods.set(method, entry);
}

function childOf<Entry>(node: RouteTree<Entry>, segment: string): RouteTree<Entry> {
  if (segment.startsWith("{")) {
    node.member ??= createRouteTree();
    return node.member;
  }
  const child = node.literals.get(segment) ?? createRouteTree<Entry>();
  node.literals.set(segment, child);
  return child;
}

/** Finds a path. A literal segment comes before one that stands for any; an empty segment stands for nothing. */
export function findPath<Entry>(
  tree: RouteTree<Entry>,
  segments: readonly string[],
): Found<Entry> | undefined {
  const values: string[] = [];
  let node: RouteTree<Entry> | undefined = tree;
  for (const segment of segments) {
    const literal: RouteTree<Entry> | undefined = node.literals.get(segment);
    if (!literal && segment !== "") values.push(segment);
    node = literal ?? (segment === "" ? undefined : node.member);
    if (!node) return undefined;
  }
  return node.methods.size > 0 ? { methods: node.methods, values } : undefined;
}
