import type { Slice } from "../curriculum/document.ts";
import { readDocument } from "../curriculum/read.ts";

/** Finds the key of the passage at an offset of a text; the text is read when first asked. */
export function addressIn(path: string, text: string): (offset: number) => string {
  let slices: readonly Slice[] | undefined;
  return (offset) => {
    slices ??= readDocument(path, text).slices;
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
  };
}
