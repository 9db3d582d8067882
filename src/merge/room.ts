import { depthOf, leadOf, partFence, type Unit, type UnitKind } from "./unit.ts";

/** What takes the line below for more of itself, in one dialect of Markdown or another, unless a blank line parts them. */
const RUNS_ON: ReadonlySet<UnitKind> = new Set(["prose", "item", "row", "definition"]);

/** Whether a blank line is among the white space below a unit. */
export function hasBlankLine(tail: string): boolean {
  return tail.indexOf("\n") !== tail.lastIndexOf("\n");
}

/** Whether two units would be read as something else if no blank line parted them. */
export function needsBlankLine(above: Unit, below: Unit): boolean {
  if (above.kind === "entry" || below.kind === "entry") return false;
  if (above.kind === below.kind) return above.kind === "prose";
  const [first, start] = [above, below].map(({ text }) => text.slice(leadOf(text).length));
  if (above.kind === "line") return !start?.startsWith("<") && /^(?:<|\{:)/.test(first ?? "");
  if (above.kind === "code") return below.kind !== "line" && partFence(above.text) === null;
  if (!RUNS_ON.has(above.kind)) return false;
  if (below.kind === "code") return partFence(below.text) === null;
  // An attribute belongs to what stands right above it.
  return below.kind !== "line" || !/^[{<]/.test(start ?? "");
}

/** A blank line between two units, in the quotes that hold both. */
export function blankLine(above: Pick<Unit, "text">, below: Pick<Unit, "text">): string {
  const depth = Math.min(depthOf(above.text), depthOf(below.text));
  const quotes = leadOf(below.text).split(">").slice(0, depth);
  return quotes.map((space) => `${space}>`).join("");
}
