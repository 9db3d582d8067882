/**
 * A copy of a part of a text. V8 keeps a slice as a view that holds on to the whole text
 * (https://github.com/v8/v8/blob/main/src/objects/string.h, SlicedString), so that thousands of passages would hold
 * thousands of files.
 */
export function ownText(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
