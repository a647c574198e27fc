import { parseAst } from "rolldown/parseAst";

/** Attributes whose values people see or hear. */
const SPOKEN = new Set(["alt", "aria-label", "aria-description", "label", "placeholder", "title"]);

/** A name that is the same in every language, a sign, or a specimen of what a machine reads. */
const NAMES = new Set(["Ticketgate"]);

type Node = { type: string; [member: string]: unknown };

/**
 * The words that stand in the source of a component itself, where only one language can be.
 *
 * @param source TSX.
 */
export function wordsOnPage(source: string): string[] {
  const found: string[] = [];
  visit(parseAst(source, { lang: "tsx" }) as unknown as Node, (node, parent) => {
    if (node.type === "JSXText") found.push(String(node.value));
    if (
      node.type === "JSXElement" &&
      (node.openingElement as { name: { name?: string } }).name.name === "code"
    ) {
      return false;
    }
    if (node.type === "Literal" && isSpoken(parent)) found.push(String(node.value));
    return true;
  });
  return found.map((text) => text.trim()).filter((text) => /\p{L}{2}/u.test(text) && !NAMES.has(text));
}

/** A text between tags, even in braces or as one of two, and the value of an attribute that is spoken. */
function isSpoken(parent: Node | undefined): boolean {
  if (parent?.type === "JSXAttribute") return SPOKEN.has((parent.name as { name: string }).name);
  return parent?.type === "JSXExpressionContainer" && parent.inElement === true;
}

function visit(node: Node, see: (node: Node, parent: Node | undefined) => boolean, parent?: Node): void {
  if (!see(node, parent)) return;
  for (const [member, value] of Object.entries(node)) {
    for (const child of [value].flat() as unknown[]) {
      if (typeof child !== "object" || child === null || !("type" in child)) continue;
      const inner = child as Node;
      const inElement = member === "children" && inner.type === "JSXExpressionContainer";
      visit(inElement ? { ...inner, inElement: true } : inner, see, passedOn(node, parent));
    }
  }
}

/** The branches of a condition stand where the condition stands. */
function passedOn(node: Node, parent: Node | undefined): Node | undefined {
  return node.type === "ConditionalExpression" || node.type === "LogicalExpression" ? parent : node;
}
