import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder of real merges; `LEEWAY_CORPUS` names another. */
export const CORPUS = resolve(process.env.LEEWAY_CORPUS ?? "../shared/corpus", "cases");
export const CORPUS_THERE = existsSync(CORPUS);

/** What is known of a merge that happened, or could have. */
interface Facts {
  readonly id: string;
  readonly ext: string;
  readonly repo: string;
  readonly path: string;
  readonly kind: "merge" | "fork";
  readonly variant?: string;
  readonly pr_sync?: boolean;
  readonly git_conflicts: number;
  readonly human_choice?: string;
}

/** One file in three versions, with what a person made of them where that is known. */
export interface CorpusCase {
  readonly facts: Facts;
  readonly files: Record<"base" | "ours" | "theirs", string>;
  readonly text: (name: "base" | "ours" | "theirs") => string;
  readonly human: () => string | null;
}

export function corpusCases(): CorpusCase[] {
  return readdirSync(CORPUS)
    .sort()
    .map((id) => {
      const facts = JSON.parse(readFileSync(join(CORPUS, id, "meta.json"), "utf8")) as Facts;
      const at = (name: string): string => join(CORPUS, id, name + facts.ext);
      return {
        facts,
        files: { base: at("base"), ours: at("ours"), theirs: at("theirs") },
        text: (name) => readFileSync(at(name), "utf8"),
        human: () => (existsSync(at("human")) ? readFileSync(at("human"), "utf8") : null),
      };
    });
}

/** Lines of ours and theirs in each conflict of a text with markers of any length. */
export function openLines(text: string): number[] {
  const found: number[] = [];
  let open: { length: number; side: string; lines: number } | null = null;
  for (const line of text.split("\n")) {
    const marker = /^([<|=>])\1{6,}(?= |\r?$)/.exec(line);
    const char = marker?.[1];
    if (open === null) {
      if (marker && char === "<") open = { length: marker[0].length, side: "ours", lines: 0 };
    } else if (marker?.[0].length === open.length && char === "|") open.side = "base";
    else if (marker?.[0].length === open.length && char === "=") open.side = "theirs";
    else if (marker?.[0].length === open.length && char === ">") {
      found.push(open.lines);
      open = null;
    } else if (open.side !== "base") open.lines++;
  }
  return found;
}

/** Whether words of a merge are out of the range that the three texts allow: a rough alarm, not a verdict. */
export function wordAlarm(
  base: string,
  ours: string,
  theirs: string,
  result: string,
): { lost: boolean; extra: boolean } {
  const [b, o, t, r] = [base, ours, theirs, result].map(count);
  const alarm = { lost: false, extra: false };
  for (const word of new Set([b, o, t, r].flatMap((counts) => [...(counts?.keys() ?? [])]))) {
    const of = (counts?: Map<string, number>): number => counts?.get(word) ?? 0;
    const expected = Math.max(0, of(o) + of(t) - of(b));
    if (of(r) < Math.min(of(o), of(t), expected)) alarm.lost = true;
    if (of(r) > Math.max(of(o), of(t), expected)) alarm.extra = true;
  }
  return alarm;
}

function count(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of text.match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Text but for its white space. */
export function words(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** For each file won that its people wrote otherwise, whether a careful reader calls the merge right, and why. */
export function verdicts(): Map<string, { verdict: string; why: string }> {
  const lines = readFileSync(resolve("test/forks/won-otherwise.tsv"), "utf8").trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [id = "", verdict = "", why = ""] = line.split("\t");
      return [id, { verdict, why }];
    }),
  );
}
