import { isYamlPath } from "../curriculum/conventions.ts";
import { findFrontMatter } from "../curriculum/front-matter.ts";
import { allYamlValues } from "../curriculum/parse-yaml.ts";
import type { Conflict, Part } from "./conflict.ts";
import { written } from "./values-audit.ts";

/**
 * The parts of a file, where a conflict over fields, of which one side changed only how they are written (a list in
 * brackets or in lines, quotes, indentation), is settled with the other side's text. Whether the file as a whole is
 * right then is for the audit of its values to say.
 */
export function withoutLayout(path: string, ours: string, parts: readonly Part[]): Part[] {
  const end = isYamlPath(path) ? ours.length : endOfFields(ours);
  let at = 0;
  return parts.map((part) => {
    const isInFields = at < end;
    at += (typeof part === "string" ? part : (part.ours ?? "")).length;
    return typeof part === "string" || !isInFields ? part : (content(part) ?? part);
  });
}

/** The text of the side that changed what fields say, where the other did not; null where that cannot be told. */
function content({ base, ours, theirs }: Conflict): string | null {
  if (base === null || ours === null || theirs === null) return null;
  // A remark is no value, and must not be lost for that.
  if ([base, ours, theirs].some((text) => text.includes("#"))) return null;
  const [b, o, t] = [base, ours, theirs].map((text) => allYamlValues(text));
  if (b === null || o === null || t === null) return null;
  if (written(t) === written(b)) return ours;
  return written(o) === written(b) ? theirs : null;
}

function endOfFields(text: string): number {
  const front = findFrontMatter(text, text.startsWith("\uFEFF") ? 1 : 0);
  return "open" in front ? front.bodyEnd : 0;
}
