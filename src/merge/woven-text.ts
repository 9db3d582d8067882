import { type AppliedRule, conflict, type Labels, type Part } from "./conflict.ts";
import { splitLines } from "./hunks.ts";
import { isAtMargin } from "./indent.ts";
import { isHalfLine, lineEnded, openLines } from "./open-lines.ts";
import { blankLine, hasBlankLine, needsBlankLine } from "./room.ts";
import { depthOf, follows, textOf, type Unit } from "./unit.ts";

type Units = readonly Unit[];

/** What a conflict is called, and where things stand: the key of the passage at an offset of a side. */
export interface Telling {
  readonly labels: Labels;
  readonly addressOf: Readonly<Record<"ours" | "theirs", (offset: number) => string>>;
}

/** The unit of each side that a piece of the result comes from. */
export interface Origin {
  readonly base?: Unit | undefined;
  readonly ours?: Unit | undefined;
  readonly theirs?: Unit | undefined;
}

/** The text of a merge as it is put together, with what was decided on the way. */
export class WovenText {
  readonly parts: Part[] = [];
  readonly rules: AppliedRule[] = [];
  /** The units that are settled, in order. */
  readonly units: Unit[] = [];
  readonly labels: Labels;
  readonly #addressOf: Telling["addressOf"];
  #last: Origin = {};
  #list: { readonly from: Origin; readonly text: string | null }[] = [];
  #tail = "";
  /** Whether a blank line stands below what was put last. */
  #isParted = false;

  constructor({ labels, addressOf }: Telling) {
    this.labels = labels;
    this.#addressOf = addressOf;
  }

  /** Where what was put last came from. */
  get last(): Origin {
    return this.#last;
  }

  /** What was put since a list began, with where it came from; no text where that is open. */
  get list(): readonly { readonly from: Origin; readonly text: string | null }[] {
    return this.#list;
  }

  /** Ends the text; what came from amid a file has no room below where neither side has any. */
  end(sides: readonly Units[]): void {
    const at = this.parts.findLastIndex((part) => part !== "");
    const last = this.parts[at];
    if (typeof last !== "string" || !hasBlankLine(last) || last.trim() !== "") return;
    const tails = sides.map((units) => units.at(-1)?.tail ?? "");
    if (!tails.some(hasBlankLine)) this.parts[at] = tails[0] ?? "";
  }

  run(units: Units, side: "ours" | "theirs"): void {
    for (const unit of units) this.add([unit.text], unit.tail, { [side]: unit });
  }

  /** One conflict, without what both sides say alike at its edges; `reason` where one side alone would be no conflict. */
  conflict(base: Units, ours: Units, theirs: Units, reason?: string): void {
    const room = this.#roomBelow(base, ours, theirs);
    const lines = (units: Units): string[] => splitLines(textOf(units).slice(0, -room.length || undefined));
    const texts = { base: lines(base), ours: lines(ours), theirs: lines(theirs) };
    const told = reason === undefined ? {} : { reason };
    const regions = reason === undefined ? openLines(texts) : [{ kind: "conflict" as const, ...texts }];
    const from = { ours: ours[0]?.start ?? 0, theirs: theirs[0]?.start ?? 0 };
    const parts = regions.map((region): Part => {
      const side = region.ours.length > 0 || theirs.length === 0 ? "ours" : "theirs";
      const offset = from[side];
      from.ours += lengthOf(region.ours);
      from.theirs += lengthOf(region.theirs);
      if (region.kind !== "conflict")
        return (region.kind === "theirs" ? region.theirs : region.ours).join("");
      const text = (some: readonly string[]): string | null => (some.length > 0 ? some.join("") : null);
      const sides = { base: text(region.base), ours: text(region.ours), theirs: text(region.theirs) };
      return locatedAt(conflict("", sides, this.labels, told), () => this.#addressOf[side](offset));
    });
    this.add(parts, room && `\n${room}`, { ours: ours[0], theirs: theirs[0] });
    this.#tail = (ours.at(-1) ?? theirs.at(-1))?.tail ?? "";
    this.#isParted = hasBlankLine(this.#tail);
    this.#last = { ours: ours.at(-1), theirs: theirs.at(-1) };
  }

  /** Blank lines that go with what one side added, where what stands above is parted by nothing else from what follows. */
  #roomBelow(base: Units, ours: Units, theirs: Units): string {
    if (this.#isParted || this.parts.length === 0 || base.length > 0) return "";
    if (ours.length > 0 && theirs.length > 0) return "";
    return (ours.at(-1) ?? theirs.at(-1))?.tail.replace(/^[^\n]*\n/, "") ?? "";
  }

  add(parts: readonly Part[], tail: string, from: Origin): void {
    if (this.parts.length > 0) {
      if (typeof parts[0] === "string") this.#unquote(parts[0], from);
      this.#room(from, typeof parts[0] === "string");
    }
    const [text] = parts;
    const unit = from.theirs?.text === text ? from.theirs : (from.ours ?? from.theirs);
    if (unit && parts.length === 1 && typeof text === "string") this.units.push(unit);
    this.parts.push(...parts);
    if (from.ours && from.theirs && isAtMargin(from.ours) && isAtMargin(from.theirs)) this.#list = [];
    else this.#list.push({ from, text: parts.length === 1 && typeof text === "string" ? text : null });
    this.#tail = typeof parts.at(-1) === "string" ? tail : tail.replace(/^\r?\n/, "");
    this.#isParted = hasBlankLine(tail);
    this.parts.push(this.#tail);
    this.#last = from;
  }

  /** Parts what never stood right below one another, so that two paragraphs do not become one. */
  #room(next: Origin, isSettled: boolean): void {
    const at = this.parts.findLastIndex((part) => part !== "");
    const last = this.parts[at];
    if (typeof last !== "string") {
      if (last && isHalfLine(last)) this.parts[at] = lineEnded(last);
      return;
    }
    const end = (): string => (last.includes("\r\n") || this.#tail.includes("\r\n") ? "\r\n" : "\n");
    if (!last.endsWith("\n")) this.parts.push(end());
    if (!isSettled || this.#isParted) return;
    const stoodSo = (["ours", "theirs", "base"] as const).some((side) => {
      const unit = this.#last[side];
      return follows(unit, next[side]) && unit !== undefined && !hasBlankLine(unit.tail);
    });
    const [above, below] = [this.#last.ours ?? this.#last.theirs, next.ours ?? next.theirs];
    if (!stoodSo && above && below && (needsBlankLine(above, below) || this.#wasParted(above)))
      this.parts.push(blankLine(above, below) + end());
  }

  /** Whether what was put last, which is no part of a list or table, stood at an end of a file and elsewhere had room below. */
  #wasParted({ kind }: Unit): boolean {
    const { base, ours, theirs } = this.#last;
    const isBlock = kind === "line" || kind === "code";
    return isBlock && [base, ours, theirs].some((unit) => unit !== undefined && hasBlankLine(unit.tail));
  }

  /** Blank lines in quotes that end above what comes next are in those quotes no more. */
  #unquote(text: string, next: Origin): void {
    const tail = this.#tail;
    if (!tail.includes(">") || this.parts.at(-1) !== tail) return;
    const stoodSo = (["ours", "theirs"] as const).some((side) => {
      const unit = this.#last[side];
      return unit?.tail === tail && follows(unit, next[side]);
    });
    const below = { text };
    if (stoodSo || depthOf(tail.slice(tail.indexOf("\n") + 1)) <= depthOf(text)) return;
    this.#tail = tail.replace(/[ \t]*>[ \t>]*/g, blankLine(below, below));
    this.parts[this.parts.length - 1] = this.#tail;
  }

  rule(rule: string, where: Origin): void {
    this.rules.push(locatedAt({ at: "", rule }, this.at(where)));
  }

  at({ ours, theirs }: Origin): () => string {
    if (ours) return () => this.#addressOf.ours(ours.start);
    return () => (theirs ? this.#addressOf.theirs(theirs.start) : "");
  }
}

/** The same with an address that is worked out when somebody reads it: that takes a reading of the whole file. */
export function locatedAt<T extends { readonly at: string }>(found: T, at: () => string): T {
  return Object.defineProperty({ ...found }, "at", { get: at, enumerable: true });
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}
