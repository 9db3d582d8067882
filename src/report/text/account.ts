import type { AccountReport } from "../kinds/update.ts";
import { count, editionLabel, possessive, quoted } from "../wording.ts";
import type { Page } from "./page.ts";

type Entry = AccountReport["documents"][number]["entries"][number];

/** Rules about whole files, and what Leeway does before and after a merge, as a teacher would say them. */
const FILES: Readonly<Record<string, (entry: Entry, upstream: string) => string>> = {
  "moved-by-id": ({ from }) => `moved from ${from}; known by its id`,
  "moved-with-folder": ({ from }) => `moved from ${from} with its folder`,
  "followed-folder": ({ from }) => `new at ${from}; it went with its folder`,
  "moved-twice": ({ theirs }, upstream) =>
    `moved on both sides; yours stays where you have it, ${upstream} has it at ${theirs}`,
  "same-id-added": ({ from }, upstream) =>
    `added on both sides under one id; yours, from ${from}, joins ${possessive(upstream)}`,
  "removed-and-moved": () => "removed on one side and only moved on the other; it is gone",
  beside: ({ from }) =>
    from === null ? "stands beside what took its place" : `stands beside the document at ${from}`,
  "takes-upstream": (_, upstream) => `${possessive(upstream)} file, as takes.upstream says; yours was:`,
  "takes-ours": (_, upstream) => `your text, as takes.ours says; ${upstream} now has:`,
  "version-folder": () => "a version's own folder, which only its owner writes to",
  "taken-before": () => "you had it from upstream already; only what came after was merged",
  held: () => "held back:",
};

/** What the merge engine's own names mean; one that is not listed here stands for itself. */
const PASSAGES: Readonly<Record<string, string>> = {
  "different passages": "changes of different passages, joined",
  "one within the other": "one side's change holds the other's",
};

const CHOSEN = {
  local: "your text was kept",
  upstream: "upstream's text was taken",
  both: "both texts were kept",
  other: "a text of its own was written",
} as const;

/** Lines of a text that is not in the result which are shown; the JSON holds all of it. */
const MOST_LINES = 6;

/** Each decision of an update that was not Git's own, so that an expert can look a clean merge over. */
export function accountText(report: AccountReport, page: Page): void {
  const { state, upstream, to, documents, byGit, next } = report;
  const what = { tried: "Taking", stopped: "Taking", taken: "Took" }[state];
  page.text([
    {
      text: `${what} ${possessive(upstream)} ${editionLabel(to)}: what was decided, and by which rule`,
      ink: "strong",
    },
  ]);
  if (byGit > 0) {
    const were = byGit === 1 ? "was" : "were";
    page.text(`${count(byGit, "document")} changed on both sides ${were} joined by Git alone, and audited.`);
  }
  const all = documents.reduce((sum, { entries }) => sum + entries.length, 0);
  if (all === 0) page.text("No decision was made beyond Git's own.");
  for (const { title, path, entries } of documents) {
    page.blank();
    page.text(
      title === path ? [{ text: path, ink: "strong" }] : [{ text: title, ink: "strong" }, `  ${path}`],
      0,
      2,
    );
    for (const entry of entries) writeEntry(entry, upstream, page);
  }
  page.blank();
  if (all > 0) page.text(`${count(all, "decision")} in ${count(documents.length, "file")}.`);
  page.next(next);
}

function writeEntry(entry: Entry, upstream: string, page: Page): void {
  const { at, rule, text, chosen } = entry;
  const file = FILES[rule];
  const words =
    rule === "asked"
      ? `you ${chosen === null ? "are" : "were"} asked${chosen === null ? "" : `; ${CHOSEN[chosen]}`}: ${text ?? ""}`
      : (file?.(entry, upstream) ?? PASSAGES[rule] ?? rule);
  page.text([{ text: quoted(at), ink: "address" }, `  ${words}`], 2, 4, true);
  if (rule === "asked" || text === null) return;
  const lines = text.trim().split("\n");
  for (const line of lines.slice(0, MOST_LINES)) page.text(line, 6);
  if (lines.length > MOST_LINES) page.text(`and ${count(lines.length - MOST_LINES, "more line")}`, 6);
}
