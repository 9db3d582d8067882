import { type AppliedRule, conflict, type Labels, type Part } from "./conflict.ts";
import { splitLines } from "./hunks.ts";
import { indentedAs, isAtMargin, type Placed } from "./indent.ts";
import { type Beside, withMarkerOf } from "./list-markers.ts";
import { deeperFirst, mergeNamed } from "./named.ts";
import { inOneOrder } from "./one-order.ts";
import { LAYOUT, mergeUnit } from "./one-unit.ts";
import { isHalfLine, lineEnded, openLines } from "./open-lines.ts";
import { joinText } from "./parts.ts";
import { blankLine, hasBlankLine, needsBlankLine } from "./room.ts";
import { isOneTable, lacksColumns } from "./rows.ts";
import {
  beginsWithOne,
  coreOf,
  holds,
  isLoose,
  isRemoval,
  isSweeping,
  leftByBoth,
  sameKeys,
} from "./stretch.ts";
import type { Stretch } from "./sweep.ts";
import { depthOf, follows, leadOf, mergeTails, textOf, type Unit, withLead } from "./unit.ts";

const QUOTES = /^(?: {0,3}>[ \t]?)*/;

type Units = readonly Unit[];

const TOUCHING = "changes to neighbouring passages";

/** Beyond this many units, what stands above tells nothing of how a list is laid out. */
const NEAR = 100;

/** What a conflict is called, and where things stand: the key of the passage at an offset of a side. */
export interface Telling {
  readonly labels: Labels;
  readonly addressOf: Readonly<Record<"ours" | "theirs", (offset: number) => string>>;
}

/** A merge by units, not yet judged. */
export interface Woven {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
  /** The units that are settled, in order. */
  readonly units: readonly Unit[];
}

/** Three-way merge of a file by its units: paragraphs, list items, code blocks, fields. */
export function weave(base: Units, ours: Units, theirs: Units, telling: Telling): Woven {
  const weaver = new Weaver(telling);
  const stretches = inOneOrder(base, ours, theirs, () =>
    weaver.rule("moved by one side, changed by the other", {}),
  );
  stretches.forEach((stretch, i) => {
    weaver.stretch(stretch, stretches[i - 1], stretches[i + 1]);
  });
  return { parts: joinText(weaver.parts), rules: weaver.rules, units: weaver.units };
}

/** The unit of each side that a piece of the result comes from. */
interface Origin {
  readonly base?: Unit | undefined;
  readonly ours?: Unit | undefined;
  readonly theirs?: Unit | undefined;
}

class Weaver {
  readonly parts: Part[] = [];
  readonly rules: AppliedRule[] = [];
  readonly units: Unit[] = [];
  readonly #labels: Labels;
  readonly #addressOf: Telling["addressOf"];
  #last: Origin = {};
  /** What was put since a list began, with where it came from; no text where that is open. */
  #list: { readonly from: Origin; readonly text: string | null }[] = [];
  #tail = "";
  /** Whether a blank line stands below what was put last. */
  #isParted = false;

  constructor({ labels, addressOf }: Telling) {
    this.#labels = labels;
    this.#addressOf = addressOf;
  }

  stretch(stretch: Stretch, last: Stretch | undefined, next: Stretch | undefined): void {
    const { kind, base, ours, theirs, edits } = stretch;
    if (kind === "same") {
      for (const [i, unit] of base.entries()) {
        const [o, t] = [ours[i] as Unit, theirs[i] as Unit];
        // Most of a file stands as it stood.
        if (o.text === t.text && o.tail === t.tail)
          this.#add([o.text], o.tail, { base: unit, ours: o, theirs: t });
        else this.#unit(unit, o, t);
      }
    } else if (kind === "both") this.#both(stretch, next);
    else {
      if (last?.kind === (kind === "ours" ? "theirs" : "ours"))
        this.rule(TOUCHING, { ours: ours[0], theirs: theirs[0] });
      const edit = edits[kind][0];
      const [b, o, t] = [base[0], ours[0], theirs[0]];
      if (edit?.kind === "edited" && b && o && t) this.#unit(b, o, t);
      else if (
        edit?.kind === "put" &&
        isLoose(last, kind) &&
        (isLoose(next, kind) || last?.base.at(-1)?.kind === "heading")
      ) {
        this.#conflict(base, ours, theirs, this.#besideNew(kind));
      } else this.#put(stretch, kind, next);
    }
  }

  #both(stretch: Stretch, next: Stretch | undefined): void {
    const { base, ours, theirs, edits } = stretch;
    const [left, right] = [edits.ours, edits.theirs];
    const [b, o, t] = [base[0], ours[0], theirs[0]];
    const isPair =
      left.length === 1 && right.length === 1 && left[0]?.kind === "edited" && right[0]?.kind === "edited";
    if (isPair && b && o && t) this.#unit(b, o, t);
    else if (sameKeys(ours, theirs)) {
      if (textOf(ours) !== textOf(theirs)) this.rule("both made the same change", { ours: o, theirs: t });
      const besides = this.#besides("theirs", next);
      this.#run(
        theirs.map((unit) => withMarkerOf(unit, besides)),
        "theirs",
      );
    } else if (left.every(isRemoval) && right.every(isRemoval)) {
      this.rule("both removed it", { ours: o, theirs: t });
      this.#run(leftByBoth(stretch), "ours");
    } else if (this.#apart(stretch)) return;
    else if (base.length === 0 && (holds(ours, theirs) || holds(theirs, ours))) {
      this.rule("one addition holds the other", { ours: o, theirs: t });
      if (holds(ours, theirs)) this.#run(ours, "ours");
      else this.#run(theirs, "theirs");
    } else if (this.#named(stretch, next)) return;
    else if (isSweeping(left, base.length)) {
      // Of what one side took away, only what the other changed in it is to be decided. Who wrote it anew gave it other
      // words: taking the other side's means all of that side's.
      const core = coreOf(stretch, "theirs");
      this.#conflict(core.base, ours, core.side);
    } else if (isSweeping(right, base.length)) {
      const core = coreOf(stretch, "ours");
      this.#conflict(core.base, core.side, theirs);
    } else this.#conflict(base, ours, theirs);
  }

  /** Fields, keyed items and definitions are merged by their names. */
  #named({ base, ours, theirs }: Stretch, next: Stretch | undefined): boolean {
    const merged = mergeNamed(base, ours, theirs, beginsWithOne(next));
    if (merged === null) return false;
    this.#join("different names in one list", merged, ours, theirs);
    return true;
  }

  /** What both sides added at different depths of fields. */
  #apart({ base, ours, theirs }: Stretch): boolean {
    const merged = base.length === 0 ? deeperFirst(ours, theirs) : null;
    if (merged === null) return false;
    this.#join("added at two depths, the deeper first", merged, ours, theirs);
    return true;
  }

  #join(rule: string, merged: Units, ours: Units, theirs: Units): void {
    this.rule(rule, { ours: ours[0], theirs: theirs[0] });
    for (const unit of merged)
      this.#add([unit.text], unit.tail, { [ours.includes(unit) ? "ours" : "theirs"]: unit });
  }

  #unit(base: Unit, ours: Unit, theirs: Unit): void {
    const { parts, rule } = mergeUnit(base, ours, theirs, this.#labels);
    if (rule !== null) this.rule(rule, { ours, theirs });
    const at = this.#at({ ours, theirs });
    const located = parts.map((part) => (typeof part === "string" ? part : locatedAt(part, at)));
    const tail = mergeTails(base.tail, ours.tail, theirs.tail);
    const isUnquoted =
      ours.text !== theirs.text &&
      depthOf(ours.text) !== depthOf(theirs.text) &&
      !String(parts[0]).trimStart().startsWith(">");
    this.#add(located, isUnquoted ? tail.replaceAll(">", "") : tail, { base, ours, theirs });
  }

  /** What one side put in, in the quotes that the other put around its neighbours. */
  #put(stretch: Stretch, side: "ours" | "theirs", next: Stretch | undefined): void {
    const { base, ours, theirs } = stretch;
    const other = side === "ours" ? "theirs" : "ours";
    if (textOf(side === "ours" ? theirs : ours) !== textOf(base))
      this.rule(LAYOUT, { ours: ours[0], theirs: theirs[0] });
    const besides = this.#besides(side, next);
    // What is put for other items goes by what became of those.
    const instead = base.map((unit, i) => ({
      before: unit,
      own: unit,
      other: (side === "ours" ? theirs : ours)[i],
    }));
    const units = (side === "ours" ? ours : theirs).map((unit) =>
      withMarkerOf(unit, [...besides, ...instead]),
    );
    if (markedOtherwise(units, side === "ours" ? ours : theirs))
      this.rule("added to a list that the other side marks otherwise", { [side]: units[0] });
    const rows = besides.filter(({ own }, i) => isOneTable(i === 0 ? own : units.at(-1)));
    if (units.some((unit) => lacksColumns(unit, rows))) {
      const reason = `${this.#labels[side]} added this row, and ${this.#labels[other]} gave the table other columns.`;
      this.#conflict(base, ours, theirs, reason);
      return;
    }
    const shifts = besides.flatMap(({ before, own, other: others }) => {
      if (!before || !own || !others || depthOf(own.text) !== depthOf(before.text)) return [];
      const [from, to] = [own.text, others.text].map((text) => QUOTES.exec(text)?.[0] ?? "") as [
        string,
        string,
      ];
      return depthOf(from) === depthOf(to) ? [] : [{ from, to }];
    });
    const isOutside = units.every(({ text }) => shifts.every(({ from }) => depthOf(text) < depthOf(from)));
    if (isOutside) {
      this.#runIndented(stretch, units, side, next);
      return;
    }
    const [shift, second] = shifts;
    const moved =
      shift && shift.from === second?.from && shift.to === second.to
        ? units.map((unit) => withLead(unit, shift.from, shift.to))
        : [null];
    if (moved.every((unit) => unit !== null)) {
      this.rule("added inside what the other side put in other quotes", { [side]: units[0] });
      this.#run(moved, side);
    } else {
      const reason = `${this.#labels[side]} changed this, and ${this.#labels[other]} laid out anew what stands around it.`;
      this.#conflict(base, ours, theirs, reason);
    }
  }

  /** What one side put in, as far in as the other indents its neighbours. */
  #runIndented(
    { base, ours, theirs }: Stretch,
    units: Units,
    side: "ours" | "theirs",
    next: Stretch | undefined,
  ): void {
    if (units.every(isAtMargin)) {
      this.#run(units, side);
      return;
    }
    const other = side === "ours" ? "theirs" : "ours";
    const others = side === "ours" ? theirs : ours;
    const instead = base.flatMap((own, i) => (others[i] ? [{ own, text: others[i].text }] : []));
    const [before, own, below] = [next?.base[0], next?.[side][0], next?.[other][0]];
    const isMoved = before && own && leadOf(own.text) === leadOf(before.text);
    const belows = own ? [...instead, { own, text: (isMoved && below ? below : own).text }] : instead;
    const above = this.#list.slice(-NEAR).flatMap(({ from, text }): Placed[] => {
      const unit = from[side];
      return unit ? [{ own: unit, text: text ?? unit.text }] : [];
    });
    const indented: Unit[] = [];
    for (const unit of units) {
      const moved = indentedAs(unit, above, belows);
      if (moved === null) {
        const reason = `${this.#labels[side]} added this, and ${this.#labels[other]} indents what stands around it otherwise.`;
        this.#conflict(base, ours, theirs, reason);
        return;
      }
      indented.push(moved);
      above.push({ own: unit, text: moved.text });
    }
    if (indented.some((unit, i) => unit !== units[i]))
      this.rule("added where the other side indents otherwise", { [side]: units[0] });
    this.#run(indented, side);
  }

  /** What stands before and behind a stretch, seen from one side. */
  #besides(side: "ours" | "theirs", next: Stretch | undefined): Beside[] {
    const below = next && { base: next.base[0], ours: next.ours[0], theirs: next.theirs[0] };
    const other = side === "ours" ? "theirs" : "ours";
    return [this.#last, below].map((beside) => ({
      before: beside?.base,
      own: beside?.[side],
      other: beside?.[other],
    }));
  }

  #besideNew(side: "ours" | "theirs"): string {
    const other = side === "ours" ? "theirs" : "ours";
    return `${this.#labels[side]} added this, and ${this.#labels[other]} wrote anew what stands around it.`;
  }

  #run(units: Units, side: "ours" | "theirs"): void {
    for (const unit of units) this.#add([unit.text], unit.tail, { [side]: unit });
  }

  /** One conflict, without what both sides say alike at its edges; `reason` where one side alone would be no conflict. */
  #conflict(base: Units, ours: Units, theirs: Units, reason?: string): void {
    const lines = (units: Units): string[] => splitLines(textOf(units));
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
      return locatedAt(conflict("", sides, this.#labels, told), () => this.#addressOf[side](offset));
    });
    this.#add(parts, "", { ours: ours[0], theirs: theirs[0] });
    this.#tail = (ours.at(-1) ?? theirs.at(-1))?.tail ?? "";
    this.#isParted = hasBlankLine(this.#tail);
    this.#last = { ours: ours.at(-1), theirs: theirs.at(-1) };
  }

  #add(parts: readonly Part[], tail: string, from: Origin): void {
    if (this.parts.length > 0) this.#room(from, typeof parts[0] === "string");
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
    if (!stoodSo && above && below && needsBlankLine(above, below))
      this.parts.push(blankLine(above, below) + end());
  }

  rule(rule: string, where: Origin): void {
    this.rules.push(locatedAt({ at: "", rule }, this.#at(where)));
  }

  #at({ ours, theirs }: Origin): () => string {
    if (ours) return () => this.#addressOf.ours(ours.start);
    return () => (theirs ? this.#addressOf.theirs(theirs.start) : "");
  }
}

/** The same with an address that is worked out when somebody reads it: that takes a reading of the whole file. */
function locatedAt<T extends { readonly at: string }>(found: T, at: () => string): T {
  return Object.defineProperty({ ...found }, "at", { get: at, enumerable: true });
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((length, line) => length + line.length, 0);
}

function markedOtherwise(units: Units, before: Units): boolean {
  return units.some((unit, i) => unit.text !== before[i]?.text);
}
