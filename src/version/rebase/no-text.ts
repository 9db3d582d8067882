import { fileWord } from "../../curriculum/conventions.ts";

/** What stands for a file that is no text where people are shown its text: what it is, and how big. */
export function insteadOfText(path: string, bytes: Uint8Array): string {
  const what = fileWord(path) === "image" ? "an image" : "a file that is no text";
  return `(${what}, ${bytes.length.toLocaleString("en-GB")} ${bytes.length === 1 ? "byte" : "bytes"})`;
}
