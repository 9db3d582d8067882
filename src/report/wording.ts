import { parseAddress, quoteAddress } from "../curriculum/address.ts";
import { fileWord } from "../curriculum/conventions.ts";
import type { Status } from "../drift/figures.ts";
import { shortId } from "../git/names.ts";
import type { Reference } from "../version/drift/drift.ts";
import type { Decision } from "../version/rebase/plan.ts";
import type { Reasoned } from "./kinds/changes.ts";
import type { NextStep } from "./next-step.ts";

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** What people read for a status (design §7). */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  source: "the source of this curriculum",
  "no-starting-point": "NO STARTING POINT",
  "locked-changed": "LOCKED TEXT CHANGED",
  "decision-needed": "DECISION NEEDED",
  "reason-missing": "REASON MISSING",
  "update-waiting": "UPDATE WAITING",
  adapted: "ADAPTED",
  same: "SAME AS UPSTREAM",
};

/** A whole number with its thousands separated: `21,430`. */
export function number(value: number): string {
  // Loading a locale for this would take longer than printing the page.
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 passage`, `3 passages`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** A share of a whole in per cent, never rounded to nothing. */
export function percent(share: number): string {
  if (share <= 0) return "0%";
  return share < 0.001 ? "less than 0.1%" : `${(share * 100).toFixed(1)}%`;
}

/** The day of an ISO date or time as people write it, not to be broken: `12 January 2027`; other text as it is. */
export function longDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? iso : `${Number(day)}\u00a0${name}\u00a0${year}`;
}

/** The month of an ISO date as people write it: `January 2027`; other text as it is. */
export function longMonth(iso: string): string {
  const [, year, month] = /^(\d{4})-(\d\d)/.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? iso : `${name}\u00a0${year}`;
}

/** What people call a state: its edition, else the beginning of its hash. */
export function editionLabel({ commit, edition }: Reference): string {
  return edition ?? (commit === null ? "the files as they are now" : shortId(commit));
}

/** `North's`, `Humber Schools'`. */
export function possessive(name: string): string {
  return name.endsWith("s") ? `${name}'` : `${name}'s`;
}

/** `a school`, `an academy`. */
export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Without the full stop that a person may have put, for use inside a sentence. */
export function unended(text: string): string {
  return text.trim().replace(/\.$/, "");
}

/** What people may call the passage at an address; with its heading's own words, where they are at hand. */
export function passageName(at: string, heading: string | null = null): string {
  const { document, passage } = parseAddress(at);
  if (passage === null) return `the whole ${fileWord(document)}`;
  if (passage === "#") return "Opening text";
  const isOrder = passage.endsWith("!order");
  const words = decoded(passage.slice(1).replace(/!order$/, ""))
    .split("/")
    .map((part, index, parts) => {
      const number = /~(\d+)$/.exec(part);
      const slug = part.slice(0, number?.index).replace(passage.startsWith("#") ? /-/g : /\./g, " ");
      const own = index === parts.length - 1 && !isOrder ? (heading ?? slug) : slug;
      return number ? `${own} (no. ${number[1]})` : own;
    })
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join(": ");
  if (!isOrder) return words;
  return words === "" ? "Order of the sections" : `Order of ${words.toLowerCase()}`;
}

/** The title of the document of an address, from titles by document id. */
export function titleAt(at: string, titles: Readonly<Record<string, string>>): string | null {
  const { document } = parseAddress(at);
  return Object.hasOwn(titles, document) ? (titles[document] ?? null) : null;
}

/** An address as it can be typed, always in quotation marks. */
export function quoted(at: string): string {
  const typed = quoteAddress(at);
  return typed === at ? `"${at}"` : typed;
}

/** Where a changed passage stands with its reason, in a word or two; empty where nobody has to explain it. */
export function reasonLabel(reason: Reasoned): string {
  switch (reason.state) {
    case "explained":
      return [reason.purposes.join(", ") || "explained", ...(reason.review ? ["to look over"] : [])].join(
        "; ",
      );
    case "renew":
      return "reason to renew";
    case "pending":
      return "explained, pending";
    case "deciding":
      return "waits for the update";
    case "locked":
      return "locked text changed";
    case "free":
      return "free to change";
    case "missing":
      return "no reason yet";
    case "upstream":
      return "";
  }
}

/** Reasons that stand in a file and are not bound to the text yet. */
export function pendingWords(many: number): string {
  return `${count(many, "reason")} written by hand; leeway save binds ${many === 1 ? "it" : "them"} to the text`;
}

/** A version's own file that was edited and not saved, where verbs go by what is saved. */
export function unsavedSettings(path: string): string {
  return `${path} is changed and not saved: rebase and drift go by the saved one. leeway save keeps it.`;
}

export function unsavedList(path: string): string {
  return `${path} is changed and not saved: the list that counts is the saved one. leeway save keeps it.`;
}

/** Decisions by the passages that they are in: the first of each, and how many there are. */
export function placesOf(decisions: readonly Decision[]): Map<string, [first: Decision, times: number]> {
  const places = new Map<string, [Decision, number]>();
  for (const decision of decisions) {
    const [first, times] = places.get(decision.at) ?? [decision, 0];
    places.set(decision.at, [first, times + 1]);
  }
  return places;
}

/** A remedy as a step: the command, then after some space what it is for. */
export function asStep(remedy: string): NextStep {
  const [command = remedy, ...purpose] = remedy.split(/ {2,}/);
  return [command, purpose.join(" ")];
}

/** `1 word`, or what else happened where no words changed. */
export function wordsLabel({ change, words }: { change: string; words: { edits: number } }): string {
  return words.edits === 0 && change === "moved" ? "new order" : count(words.edits, "word");
}

/** The same for a column that is set flush right: the figures of `1 word` and `2 words` stand below each other. */
export function wordsCell(passage: { change: string; words: { edits: number } }): string {
  const label = wordsLabel(passage);
  return label.endsWith(" word") ? `${label} ` : label;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
