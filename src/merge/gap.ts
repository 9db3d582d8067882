import { type AppliedRule, conflict, type Labels, type Part } from "./conflict.ts";
import type { Node, Rank } from "./nodes.ts";
import { isSettled, mergeTexts } from "./parts.ts";

/** A piece of what stands between two nodes that both sides have. */
export interface Piece {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
  readonly ids: readonly string[];
  readonly rank: Rank;
}

/** Lists whose order says something that keys do not: two new items at one place are for a person to put in order. */
const ORDER_MATTERS = new Set(["@sequence"]);

const RANKS: readonly Rank[] = ["item", "opener", "field", "fence", "section"];

/**
 * Merges what each side alone has at one place: what it added, and what the other removed and it changed.
 * Entries of different keys stand side by side; sections of both sides at one place are a conflict.
 */
export function mergeGap(
  ours: readonly Node[],
  theirs: readonly Node[],
  base: ReadonlyMap<string, Node>,
  labels: Labels,
): Piece[] {
  return RANKS.flatMap((rank) => {
    const [left, right] = [ours, theirs].map((nodes) => nodes.filter((node) => node.rank === rank));
    if (!left || !right) return [];
    if (left.length === 0) return right.map((node) => oneSide(node, "theirs", base, labels));
    if (right.length === 0) return left.map((node) => oneSide(node, "ours", base, labels));
    const keyed = rank === "field" || (rank === "item" && !left.some((node) => ORDER_MATTERS.has(node.list)));
    return keyed ? sideBySide(left, right, base, labels) : [together(left, right, base, labels)];
  });
}

function oneSide(
  node: Node,
  side: "ours" | "theirs",
  base: ReadonlyMap<string, Node>,
  labels: Labels,
): Piece {
  const before = base.get(node.id);
  const texts = { base: before?.text ?? null, ours: null, theirs: null, [side]: node.text };
  const part = before ? conflict(node.at, texts, labels) : node.text;
  return { parts: [part], rules: [], ids: [node.id], rank: node.rank };
}

/** Different keys in one mapping or list: both, in the order of their keys, so that swapped sides agree. */
function sideBySide(
  ours: readonly Node[],
  theirs: readonly Node[],
  base: ReadonlyMap<string, Node>,
  labels: Labels,
): Piece[] {
  const shared = new Set(ours.map((node) => node.at));
  if (theirs.some((node) => shared.has(node.at))) return [together(ours, theirs, base, labels)];
  const pieces: Piece[] = [];
  const [left, right] = [[...ours], [...theirs]];
  for (let a = left[0], b = right[0]; a || b; a = left[0], b = right[0]) {
    const oursNext = a && (!b || compareKeys(a.at, b.at) < 0);
    const node = oursNext ? left.shift() : right.shift();
    if (!node) break;
    const piece = oneSide(node, oursNext ? "ours" : "theirs", base, labels);
    pieces.push({ ...piece, rules: [{ at: node.at, rule: "different keys" }] });
  }
  return pieces;
}

/** One conflict for all that both sides have here, as far as their lines differ. */
function together(
  ours: readonly Node[],
  theirs: readonly Node[],
  base: ReadonlyMap<string, Node>,
  labels: Labels,
): Piece {
  const text = (nodes: readonly Node[]): string => nodes.map((node) => node.text).join("");
  const known = new Set([...ours, ...theirs].flatMap((node) => base.get(node.id) ?? []));
  const before = known.size > 1 ? [...base.values()].filter((node) => known.has(node)) : [...known];
  const texts = { base: text(before), ours: text(ours), theirs: text(theirs) };
  const at = ours[0]?.at ?? "";
  const parts = mergeTexts(at, texts, labels);
  return {
    parts,
    rules: isSettled(parts) ? [{ at, rule: "one within the other" }] : [],
    ids: [...ours, ...theirs].map((node) => node.id),
    rank: ours[0]?.rank ?? "section",
  };
}

/** o9 before o10, the same in every locale. */
function compareKeys(a: string, b: string): number {
  const [left, right] = [a, b].map((key) => key.split(/(\d+)/));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const [x = "", y = ""] = [left?.[i], right?.[i]];
    if (x === y) continue;
    if (i % 2 === 1 && Number(x) !== Number(y)) return Number(x) - Number(y);
    return x < y ? -1 : 1;
  }
  return 0;
}
