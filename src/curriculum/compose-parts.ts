import type { Document, Passage, Slice } from "./document.ts";

/** A slice on its way into a new file. */
export interface Part {
  readonly name: string;
  readonly text: string;
  /** The passage it belongs to; null for a frame and for a slice that several passages share. */
  readonly key: string | null;
  /** The passages that share it, where there are several. */
  readonly shared: readonly string[];
  /** The field that it is part of, frame and items alike; its own name elsewhere. */
  readonly group: string;
  readonly region: "head" | "fields" | "between" | "body";
  /** How many headings stand above it. */
  readonly depth: number;
  /** Which document it came from, and its place there: what stood side by side may stand so again. */
  readonly from: Document;
  readonly place: number;
}

/** The slices of a document as parts. */
export function partsOf(document: Document): Part[] {
  const { text } = document;
  const passages = new Map(document.passages.map((passage) => [passage.key, passage]));
  return document.slices.map((slice, place) => ({
    ...partOf(slice, text.slice(slice.start, slice.end), passages),
    from: document,
    place,
  }));
}

/** The field of an item, a frame or a field: `@outcomes` of `@outcomes:`, `@outcomes.o2`, `@outcomes!order`. */
export function fieldOf(name: string): string {
  return name.startsWith("@") ? name.replace(/[.:!].*$/s, "") : name;
}

function partOf(
  slice: Slice,
  text: string,
  passages: ReadonlyMap<string, Passage>,
): Omit<Part, "from" | "place"> {
  const [first] = slice.passages;
  // A list in brackets with one item has a slice of its own too, but its item is less than the slice.
  const isShared =
    slice.passages.length > 1 ||
    (slice.name.startsWith("@") && first !== undefined && passages.get(first)?.text !== text);
  return {
    name: slice.name,
    text,
    key: isShared ? null : (first ?? null),
    shared: isShared ? slice.passages : [],
    group: fieldOf(slice.name),
    region: regionOf(slice.name),
    depth: first === undefined ? 0 : (passages.get(first)?.parents.length ?? 0),
  };
}

function regionOf(name: string): Part["region"] {
  if (name === "---" || name === "start") return "head";
  if (name === "---+1" || name === "...") return "between";
  return name.startsWith("@") ? "fields" : "body";
}
