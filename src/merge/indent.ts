import { depthOf, QUOTES, type Unit, withLead } from "./unit.ts";

/** A unit of one side, with the text that the result has of it. */
export interface Placed {
  readonly own: Unit;
  readonly text: string;
}

/** Where a text begins: the quotes and white space before it, and for an item where its own text begins. */
interface Place {
  readonly quotes: string;
  readonly space: string;
  readonly column: number;
  /** `null` for what is no item of a list. */
  readonly content: number | null;
}

const MARKER = /^(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?=\S)|)/;

/** Whether a unit stands outside any list, so that nothing tells it how far in to stand. */
export function isAtMargin({ kind, text }: Pick<Unit, "kind" | "text">): boolean {
  return kind !== "code" && isFlush({ kind, text });
}

/** Whether a unit stands at the margin, and is no item, which its siblings tell how far in to stand. */
export function isFlush({ kind, text }: Pick<Unit, "kind" | "text">): boolean {
  return kind !== "item" && kind !== "entry" && !/^[ \t>]/.test(text);
}

/**
 * What one side put into a list, or below a field, as far in as the other side indents what stands around it. `null`
 * where that does not tell.
 * @param above what the side has above it, with what became of that, in order
 * @param below what it has below it, or had in its place
 */
export function indentedAs(unit: Unit, above: readonly Placed[], below: readonly Placed[]): Unit | null {
  const own = placeOf(unit, unit.text);
  const space = spaceFor(unit, own, above, below);
  if (space === null || space === own.space) return space === null ? null : unit;
  return withLead(unit, own.quotes + own.space, own.quotes + space);
}

function spaceFor(unit: Unit, own: Place, above: readonly Placed[], below: readonly Placed[]): string | null {
  if (own.column === 0 && own.content === null) return own.space;
  for (let i = above.length - 1; i >= 0; i--) {
    const beside = above[i] as Placed;
    if (depthOf(beside.own.text) !== depthOf(unit.text)) return own.space;
    const [was, is] = placesOf(beside);
    const isItem = was.content !== null || unit.kind === "entry";
    // A list ends with what stands at the margin.
    if (was.column === 0 && !isItem) return siblingIn(below, own)?.space ?? own.space;
    if (areSiblings(own, was)) return spaceBeside(own, is, above.slice(0, i));
    if (was.column < own.column && isItem) return spaceBelow(own, beside, above.slice(0, i + 1), below);
  }
  return siblingIn(below, own)?.space ?? own.space;
}

/**
 * As far in as the sibling above; as before where the result has that one alone further in, as an item of its sibling,
 * and not to be told where it has it alone further out.
 */
function spaceBeside(own: Place, sibling: Place, above: readonly Placed[]): string | null {
  if (sibling.column === own.column || own.content === null) return sibling.space;
  const earlier = above.map(placesOf).findLast(([was]) => was.column < own.column || areSiblings(own, was));
  const isMovedAlone = earlier && areSiblings(own, earlier[0]) && earlier[1].column === own.column;
  if (!isMovedAlone) return sibling.space;
  return sibling.column > own.column ? own.space : null;
}

/** As far in as the result has another child below such a parent, or as the parent's own text. */
function spaceBelow(
  own: Place,
  parent: Placed,
  above: readonly Placed[],
  below: readonly Placed[],
): string | null {
  const [was, is] = placesOf(parent);
  const sibling = siblingIn(below, own);
  if (sibling) return sibling.space;
  const isChild = was.content !== null && own.column >= was.content;
  const least = isChild ? is.content : is.column;
  if (least === null) return null;
  const step = stepLike(own, was, above);
  const found = step === null ? null : is.space + step;
  if (found !== null && columnOf(found) >= least) return found;
  if (was.column === is.column && was.content === is.content) return own.space;
  if (isChild && was.content !== null) return " ".repeat(least + own.column - was.content);
  return was.content === null ? is.space + " ".repeat(own.column - was.column) : null;
}

/** Where the first of such siblings stands in the result. */
function siblingIn(below: readonly Placed[], own: Place): Place | undefined {
  return below.map(placesOf).find(([before]) => areSiblings(own, before))?.[1];
}

/** What the result indents such a child by, in the same list. */
function stepLike(own: Place, parent: Place, above: readonly Placed[]): string | null {
  for (let i = above.length - 1; i > 0; i--) {
    const [was, is] = placesOf(above[i] as Placed);
    if (was.column === 0 && was.content === null) return null;
    if ((was.content === null) !== (own.content === null)) continue;
    for (let j = i - 1; j >= 0; j--) {
      const [before, now] = placesOf(above[j] as Placed);
      if (before.column >= was.column || before.content === null) continue;
      const isLike =
        was.column - before.column === own.column - parent.column &&
        before.content - before.column === (parent.content ?? 0) - parent.column;
      if (isLike && is.space.startsWith(now.space)) return is.space.slice(now.space.length);
      break;
    }
  }
  return null;
}

function areSiblings(a: Place, b: Place): boolean {
  return a.column === b.column && (a.content === null) === (b.content === null);
}

function placesOf({ own, text }: Placed): [Place, Place] {
  return [placeOf(own, own.text), placeOf(own, text)];
}

function placeOf({ kind }: Unit, text: string): Place {
  const quotes = QUOTES.exec(text)?.[0] ?? "";
  const rest = text.slice(quotes.length);
  const space = rest.slice(0, rest.length - rest.trimStart().length);
  const column = columnOf(space);
  const marker =
    kind === "item" || kind === "entry" || kind === "code"
      ? MARKER.exec(rest.slice(space.length))?.[0]
      : undefined;
  if (marker === undefined) return { quotes, space, column, content: null };
  const width = marker.trimEnd() === marker ? marker.length + 1 : columnOf(marker, column) - column;
  return { quotes, space, column, content: column + width };
}

/** The column behind a text that begins at one; a tab goes on to the next fourth. */
function columnOf(text: string, from = 0): number {
  let column = from;
  for (const sign of text) column += sign === "\t" ? 4 - (column % 4) : 1;
  return column;
}
