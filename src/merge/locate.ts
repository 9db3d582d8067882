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
  return (offset) => {
    const slice = slices.findLast((s) => s.start <= offset && s.start < s.end);
    return slice?.passages[0] ?? "";
  };
}
