import type { DocumentFacts } from "../facts.ts";
import type { Prose } from "../prose.ts";
import { namesIn, placesOf, sentenceAt } from "./names.ts";

/** A name or a title that a version took out of a passage. */
export interface Replaced {
  readonly document: Pick<DocumentFacts, "id" | "path">;
  /** The passage; null for the document as a whole. */
  readonly key: string | null;
  readonly words: string;
  /** A name is matched by its capitals, a title in any case. */
  readonly isName: boolean;
  /** False where it began a sentence, so that its capital says nothing. */
  readonly isSure: boolean;
  /** All names that went with it. */
  readonly gone: readonly string[];
  /** What happened, after "this version". */
  readonly how: string;
}

/** What a version replaced in a document: names that a passage was about, titles of sections and of the document. */
export function replacedIn(before: DocumentFacts, here: DocumentFacts | null): Replaced[] {
  if (before === here) return [];
  const [title] = titleOf(before, here);
  if (title === undefined) return passagesOf(before, here);
  // The first heading often says the title once more.
  const isTitle = ({ words, isName }: Replaced) =>
    !isName && words.toLowerCase() === title.words.toLowerCase();
  return [title, ...passagesOf(before, here).filter((each) => !isTitle(each))];
}

function passagesOf(before: DocumentFacts, here: DocumentFacts | null): Replaced[] {
  if (here === null) return [];
  const after = textsByKey(here.prose);
  const found: Replaced[] = [];
  for (const [key, text] of textsByKey(before.prose)) {
    const now = after.get(key);
    if (now === text) continue;
    const how = now === undefined ? "took out the passage about it" : "replaced it in the passage about it";
    const place = { document: before, key, how };
    const heading = now === undefined ? titleWords(headingOf(text)) : null;
    const headings = here.prose.map((each) => headingOf(each.text).toLowerCase());
    if (heading !== null && !headings.some((each) => each.includes(heading.toLowerCase()))) {
      found.push({
        ...place,
        words: heading,
        isName: false,
        isSure: true,
        gone: [],
        how: "took out that section",
      });
    }
    found.push(...namesGone(text, now ?? "").map((name) => ({ ...place, ...name })));
  }
  return found;
}

/** The texts of passages; one that stands in parts is joined. */
function textsByKey(prose: readonly Prose[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { key, text } of prose) texts.set(key, texts.has(key) ? `${texts.get(key)}\n\n${text}` : text);
  return texts;
}

/** The names that a text was about and that another in its place does not say at all. */
function namesGone(text: string, now: string): Pick<Replaced, "words" | "isName" | "isSure" | "gone">[] {
  const names = namesIn(text);
  const gone = [...new Set(names.map((name) => name.text))].filter((name) => !says(now, name));
  const subject = new Set(namesIn(opening(text)).map((name) => name.text));
  const isAbout = (name: string) =>
    subject.has(name) ||
    names.filter((each) => each.text === name).length > 1 ||
    // King's Lynn, and then Lynn.
    [...subject].some((each) => each.split(" ").includes(name));
  return gone.filter(isAbout).map((words) => ({
    words,
    isName: true,
    isSure: names.some((name) => name.text === words && name.isInside),
    gone,
  }));
}

/** Whether a text is about a name: its heading says it, or it says it more than once. */
export function isAbout(text: string, name: string): boolean {
  return placesOf(text, name, true).length > 1 || placesOf(headingOf(text), name, true).length > 0;
}

/** Whether a text says a name, or the last word of it. */
function says(text: string, name: string): boolean {
  return text.includes(name.split(" ").at(-1) ?? name);
}

/** The heading and the first sentence below it; a field of words as a whole. */
function opening(text: string): string {
  const heading = headingOf(text);
  const body = heading === "" ? text : text.slice(text.indexOf("\n") + 1);
  const start = body.search(/\S/);
  return `${heading}\n\n${start < 0 || heading === text.trim() ? "" : sentenceAt(body, start)}`;
}

function headingOf(text: string): string {
  return /^#{1,6}[ \t]+(.*?)[ \t#]*$/m.exec(text.split("\n", 1)[0] ?? "")?.[1] ?? "";
}

/** The words of a title that are worth looking for: two at least, without the article before them. */
function titleWords(title: string): string | null {
  const words = title
    .replace(/^(?:the|an?)\s+/i, "")
    .replace(/\s+/g, " ")
    .trim();
  return words.includes(" ") ? words : null;
}

function titleOf(before: DocumentFacts, here: DocumentFacts | null): Replaced[] {
  const words = titleWords(before.title);
  if (words === null || here?.title.toLowerCase().includes(words.toLowerCase())) return [];
  if (!["unit", "lesson"].includes(before.type)) return [];
  const how = here === null ? "took out that" : "gave another title to that";
  return [
    {
      document: before,
      key: here === null ? null : "@title",
      words,
      isName: false,
      isSure: true,
      gone: [],
      how: `${how} ${before.type}`,
    },
  ];
}
