import { readDocument } from "../curriculum/read.ts";
import { asSide, type Part } from "./conflict.ts";

/** Gives every conflict that has no address yet the passage in which it begins. */
export function locate(path: string, parts: readonly Part[]): Part[] {
  if (parts.every((part) => typeof part === "string" || part.at !== "")) return [...parts];
  const find = { ours: finder(path, asSide(parts, "ours")), theirs: finder(path, asSide(parts, "theirs")) };
  const offset = { ours: 0, theirs: 0 };
  return parts.map((part) => {
    const side = typeof part === "string" || part.ours !== null ? "ours" : "theirs";
    const at = typeof part === "string" || part.at !== "" ? "" : find[side](offset[side]);
    offset.ours += typeof part === "string" ? part.length : (part.ours?.length ?? 0);
    offset.theirs += typeof part === "string" ? part.length : (part.theirs?.length ?? 0);
    return typeof part === "string" || part.at !== "" ? part : { ...part, at };
  });
}

function finder(path: string, text: string): (offset: number) => string {
  const { slices } = readDocument(path, text);
  let next = 0;
  // Asked in the order of the file, so that the slices are walked once.
  return (offset) => {
    while ((slices[next]?.start ?? Number.POSITIVE_INFINITY) <= offset) next++;
    const slice = slices[next - 1];
    // A line that opens a list has no passage of its own; it is called for the list.
    return slice?.passages[0] ?? (slice?.name.startsWith("@") ? slice.name.replace(/:$/, "") : "");
  };
}
