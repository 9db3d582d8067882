import type { Slice } from "../curriculum/document.ts";
import { readDocument } from "../curriculum/read.ts";

/**
 * Finds the key of the passage at an offset of a text. Front matter and what stands below are read when they are
 * first asked for, each for itself.
 */
export function addressIn(path: string, text: string): (offset: number) => string {
  let from: number | undefined;
  let whole: readonly Slice[] | undefined;
  let body: readonly Slice[] | undefined;
  return (offset) => {
    from ??= readDocument(path, text).frontMatter.length;
    if (offset < from || from === 0) {
      whole ??= readDocument(path, text).slices;
      return keyAt(whole, offset);
    }
    body ??= readDocument(path, text.slice(from)).slices;
    return keyAt(body, offset - from);
  };
}

function keyAt(slices: readonly Slice[], offset: number): string {
  let low = 0;
  let high = slices.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((slices[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const slice = slices[low - 1];
  // A line that opens a list has no passage of its own; it is called for the list.
  return slice?.passages[0] ?? (slice?.name.startsWith("@") ? slice.name.replace(/:$/, "") : "");
}
