import { formatAddress } from "../../curriculum/address.ts";
import type { Document } from "../../curriculum/document.ts";
import { lineAt, lineStarts } from "../../curriculum/lines.ts";
import type { Check } from "../check.ts";
import type { Material } from "../material.ts";

/** Marker lines of a merge that was never settled. */
export const mergeMarkers: Check<Pick<Material, "documents">> = {
  id: "merge-markers",
  severity: "error",
  title: "Marker lines of an unsettled merge",
  page: {
    what: "The text holds the lines <<<<<<<, ======= and >>>>>>> that Git writes where two versions disagree, or one of them that was left over, and upstream's text does not.",
    why: "A teacher would print both versions of the passage, with the markers between them.",
    fix: "Keep the text that you want, and delete the marker lines with the text that you do not want.",
    accept:
      "A lesson about Git shows such lines on purpose: put them in a block of code (three backticks above and below).",
  },
  *find({ documents }) {
    for (const { base, local } of documents) {
      if (local === null || base?.text === local.text) continue;
      const found = markersIn(local, new Set(base?.text.split(/\r?\n/)));
      if (found === null) continue;
      const { line, isWhole } = found;
      yield {
        path: local.path,
        line,
        at: formatAddress(local.id, null),
        message: isWhole
          ? "Marker lines of a merge are left in the text, with both versions between them."
          : "A marker line of a merge is left in the text; those that belonged to it are gone.",
        remedy: isWhole
          ? `Keep one text and delete the rest, from line ${line} to the line that begins with >>>>>>>.`
          : `Delete line ${line}, and look whether a line ======= and a second text are left near it.`,
      };
    }
  },
};

const OPENING = /^(<{7,})(?: (.*))?$/;
/** As Git writes them; so many quotes within quotes nobody writes. */
const LABELLED = /^(?:<{7}|>{7}) \S/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * The line of the first whole set of markers that is new here, else of the first that stands alone with its label. In a
 * block of code only such as Leeway wrote for this document count: a lesson may show the others.
 */
function markersIn(
  { text, id }: Document,
  known: ReadonlySet<string>,
): { line: number; isWhole: boolean } | null {
  if (!/<{7}|>{7}/.test(text)) return null;
  const starts = lineStarts(text);
  const lines = text.split(/\r\n?|\n/);
  let fence: string | null = null;
  let alone: number | null = null;
  for (const [index, line] of lines.entries()) {
    const opens = FENCE.exec(line)?.[1];
    if (opens && (fence === null || opens.startsWith(fence))) fence = fence === null ? opens : null;
    if (fence === null && LABELLED.test(line) && !known.has(line))
      alone ??= lineAt(starts, starts[index] ?? 0);
    const [, sign, label = ""] = OPENING.exec(line) ?? [];
    if (sign === undefined || known.has(line)) continue;
    if (fence !== null && !label.includes(`(${id}`)) continue;
    const rest = lines.slice(index + 1);
    const middle = rest.indexOf("=".repeat(sign.length));
    const end = rest.findIndex((each) => each.startsWith(">".repeat(sign.length)));
    if (middle >= 0 && end > middle) return { line: lineAt(starts, starts[index] ?? 0), isWhole: true };
  }
  return alone === null ? null : { line: alone, isWhole: false };
}
