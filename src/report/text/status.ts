import type { ShownPassage, StatusReport } from "../kinds/changes.ts";
import {
  asStep,
  count,
  editionLabel,
  longDate,
  number,
  pendingWords,
  placesOf,
  unsavedSettings,
  withArticle,
} from "../wording.ts";
import { writeWhy } from "./change.ts";
import { writeHold } from "./holds.ts";
import type { Page } from "./page.ts";
import { passageRow, writeRows, writeUnreadable } from "./passages.ts";
import { decisionRows, writeStop } from "./stop.ts";
import type { Ink } from "./style.ts";

/** Where a version stands, and what to do next. */
export function statusText(report: StatusReport, page: Page): void {
  writeWho(report, page);
  writeDetached(report, page);
  writeCutShort(report, page);
  writeStop(report, page);
  writeNoStart(report, page);
  writeUnreadable(report.unreadable, page);
  writeEdits(report, page);
  writeLocked(report, page);
  writeReasons(report, page);
  writeAhead(report, page);
  writeHeld(report, page);
  writeUnsaved(report, page);
  writeAside(report, page);
  writeClosing(report, page);
  page.next(report.next.length > 0 ? report.next : (report.noStart?.next ?? []).map(asStep));
}

function writeWho(
  { version, upstream, base, baseRecorded, neverFetched, upstreamAsOf, target, noStart }: StatusReport,
  page: Page,
): void {
  if (version === null) {
    page.text([
      { text: `A plain copy of ${upstream?.name ?? "a curriculum"}`, ink: "strong" },
      ", without a versions folder: changes can be shown, reasons cannot be kept",
    ]);
  } else if (upstream === null) {
    page.text([{ text: version.name, ink: "strong" }, ", the source of this curriculum"]);
  } else {
    page.text([
      { text: version.name, ink: "strong" },
      `, ${withArticle(version.layer)} version of ${upstream.name}`,
    ]);
  }
  if (noStart !== null || base === null) return;
  const isRecorded = baseRecorded || version === null;
  const next = nextText({ base, target, neverFetched, upstreamAsOf });
  if (isRecorded) page.text(`Based on: ${editionLabel(base)}.   ${next}`, 0, 2, true);
  else {
    page.text(
      `Based on: ${editionLabel(base)}, taken by a plain merge; the next leeway command that writes records it.`,
      0,
      2,
    );
    page.text(next);
  }
}

function nextText({
  base,
  target,
  neverFetched,
  upstreamAsOf,
}: Pick<StatusReport, "base" | "target" | "neverFetched" | "upstreamAsOf">): string {
  if (target === null || !isWaiting({ base, target })) {
    if (neverFetched) return "Upstream was never fetched into this copy; what is newer is not known.";
    return upstreamAsOf === null
      ? "Nothing newer is waiting."
      : `Nothing newer was there when upstream was last fetched, on ${longDate(upstreamAsOf)}.`;
  }
  const { edition, commit } = target;
  const date = edition ? ` (${longDate(edition.date)})` : "";
  return `Waiting for you: ${editionLabel({ commit, edition: edition?.name ?? null })}${date}`;
}

function isWaiting({ base, target }: Pick<StatusReport, "base" | "target">): boolean {
  return base !== null && target !== null && target.commit !== base.commit;
}

function writeDetached({ detached }: StatusReport, page: Page): void {
  if (detached === null) return;
  page.blank();
  page.text({
    text: "You are looking at a state of this version on its own, not at its newest. It can be read, not written to.",
    ink: "attention",
  });
}

function writeCutShort({ cutShort }: StatusReport, page: Page): void {
  if (cutShort === null) return;
  const { verb, did } = cutShort;
  page.blank();
  page.text({ text: `leeway ${verb} was cut short${did === null ? "" : ` (${did})`}.`, ink: "attention" });
  page.text(
    "What is below may be half of it; the next command that writes completes it or takes it back.",
    2,
  );
}

function writeNoStart({ noStart }: StatusReport, page: Page): void {
  if (noStart === null) return;
  page.blank();
  page.text([{ text: "NO STARTING POINT", ink: "alarm" }, `: ${noStart.why}.`]);
  page.text(
    "Until it is known what this version was copied from, nothing can be compared, measured or taken over.",
    2,
  );
}

function writeEdits({ edits }: StatusReport, page: Page): void {
  if (edits.length === 0) return;
  heading(page, "EDITED HERE: what this version is judged by", "alarm");
  for (const { message } of edits) page.text(message, 2, 4);
}

function writeLocked({ locked, titles, upstream, version }: StatusReport, page: Page): void {
  if (locked.length === 0) return;
  heading(page, `LOCKED TEXT CHANGED: ${count(locked.length, "passage")}`, "alarm");
  const rows = page.rows(
    locked.map((each) => passageRow(each, titles)),
    { indent: 2 },
  );
  locked.forEach(({ reason }, index) => {
    rows[index]?.();
    if (reason.state !== "locked") return;
    const by = lockedBy(reason.by, { upstream, version });
    page.text(
      reason.because === null ? `Locked by ${by}.` : `Locked by ${by}, because: ${reason.because}`,
      4,
      6,
    );
  });
  page.text("Put the text back and say it elsewhere in the document; or you may ask for an exception.");
}

function lockedBy(layer: string, { upstream, version }: Pick<StatusReport, "upstream" | "version">): string {
  if (layer === "document") return "the document itself";
  if (layer === version?.id) return "this version";
  return layer === upstream?.id ? upstream.name : layer;
}

function writeReasons({ missing, renew, review, titles }: StatusReport, page: Page): void {
  const list = (passages: readonly ShownPassage[], title: string): void => {
    if (passages.length === 0) return;
    heading(page, title, "attention");
    writeRows(
      page,
      passages.map((each) => passageRow(each, titles)),
      "leeway adapt",
    );
  };
  list(missing, `${count(missing.length, "change has", "changes have")} no reason yet`);
  const old = renew.filter(({ reason }) => reason.state !== "pending");
  list(old, `${count(old.length, "reason")} to renew: the text changed since`);
  const pending = renew.filter(({ reason }) => reason.state === "pending");
  list(pending, pendingWords(pending.length));
  if (review.length === 0) return;
  heading(
    page,
    `${count(review.length, "reason")} to look over: upstream changed the text beneath. Does it still hold?`,
    "strong",
  );
  const rows = page.rows(
    review.map((each) => passageRow(each, titles)),
    { indent: 2 },
  );
  review.forEach(({ reason }, index) => {
    rows[index]?.();
    if ("why" in reason) writeWhy(page, reason.why, 4);
  });
}

function writeAhead({ ahead, unforeseen, target, titles, upstream }: StatusReport, page: Page): void {
  if (unforeseen !== null) {
    page.blank();
    page.text(`What taking the update would do is not known: ${unforeseen.why}`);
  }
  if (ahead === null) return;
  // Without a newer edition it is a hold that has ended.
  const edition =
    target === null
      ? "what was held back"
      : editionLabel({ commit: target.commit, edition: target.edition?.name ?? null });
  if (ahead.updates + ahead.asks.length === 0) {
    page.blank();
    page.text(`Taking ${edition} would change no passage here, and records that you build on it.`);
    return;
  }
  heading(page, `Taking ${edition} would`, "strong");
  const updates = `update ${count(ahead.updates, "passage")} by itself`;
  const asks = placesOf(ahead.asks).size;
  page.text(
    ahead.updates === 0
      ? `ask you about ${count(asks, "passage")}`
      : `${updates} and ask you about ${asks === 0 ? "nothing" : number(asks)}`,
    2,
  );
  writeRows(page, decisionRows(ahead.asks, titles, upstream?.name ?? "upstream"), "leeway rebase --dry-run");
}

function writeHeld({ held }: StatusReport, page: Page): void {
  if (held.length === 0) return;
  heading(page, "Held back, not taken from upstream", "strong");
  for (const hold of held) writeHold(page, hold);
}

function writeUnsaved(
  { unsaved, unsavedSettings: settings, files, version, upstream, stop }: StatusReport,
  page: Page,
): void {
  // While an update is stopped, its own result is among the changed files.
  if (stop !== null || unsaved + files.length === 0) return;
  page.blank();
  const how = upstream === null ? "leeway save does it" : "leeway adapt and leeway save do it";
  if (unsaved > 0) {
    page.text(`${count(unsaved, "file")} changed and not saved yet${version === null ? "" : `; ${how}`}.`);
  }
  if (settings !== null && upstream !== null) page.text(unsavedSettings(settings), 0, 2);
  if (files.length > 0) page.text(`Changed, and not part of the curriculum: ${files.join(", ")}`, 0, 2);
}

function writeAside({ aside }: StatusReport, page: Page): void {
  if (!aside) return;
  page.blank();
  page.text("Work has been put aside here with git stash, and is in none of these figures.");
}

/** The calm last word: what is safe, or that there is nothing to do. */
function writeClosing(report: StatusReport, page: Page): void {
  page.blank();
  const {
    version,
    explained,
    free,
    stop,
    noStart,
    locked,
    missing,
    renew,
    review,
    ahead,
    unsaved,
    unreadable,
    edits,
  } = report;
  if (stop !== null || noStart !== null) return;
  const safe: string[] = [];
  if (explained > 0)
    safe.push(
      explained === 1
        ? "Your explained change is safe."
        : `Your ${count(explained, "explained change")} are safe.`,
    );
  if (free > 0 && version === null)
    safe.push(
      `${count(free, "change")} ${free === 1 ? "is" : "are"} made here; a plain copy keeps no reasons.`,
    );
  else if (free > 0)
    safe.push(
      `${count(free, "change")} ${free === 1 ? "is" : "are"} free to make and ${free === 1 ? "needs" : "need"} no reason.`,
    );
  const todo =
    edits.length +
      locked.length +
      missing.length +
      renew.length +
      review.length +
      unreadable.length +
      unsaved >
    0;
  // An update that changes no passage is to be taken all the same.
  const waits = ahead !== null || isWaiting(report);
  const isKnown = !report.neverFetched && report.upstreamAsOf === null;
  if (!todo && !waits && isKnown) safe.push("Nothing to do.");
  else if (waits) safe.push("Nothing changes until you say so.");
  page.text(safe.join(" "));
}

function heading(page: Page, text: string, ink: Ink): void {
  page.blank();
  page.text({ text, ink });
}
