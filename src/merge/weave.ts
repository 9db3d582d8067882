import type { AppliedRule, Part } from "./conflict.ts";
import { apartAtEdge } from "./edges.ts";
import { indentedAs, isAtMargin, isFlush, type Placed } from "./indent.ts";
import { type Beside, withMarkerOf } from "./list-markers.ts";
import { deeperFirst, mergeNamed } from "./named.ts";
import { inOneOrder } from "./one-order.ts";
import { LAYOUT, mergeUnit } from "./one-unit.ts";
import { joinText } from "./parts.ts";
import { isOneTable, lacksColumns } from "./rows.ts";
import { indentShift, isSameShift, quoteShift, type Shift } from "./shifts.ts";
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
import { locatedAt, type Telling, WovenText } from "./woven-text.ts";

type Units = readonly Unit[];

const TOUCHING = "changes to neighbouring passages";
const INDENTED = "added where the other side indents otherwise";

/** Beyond this many units, what stands above tells nothing of how a list is laid out. */
const NEAR = 100;

/** A merge by units, not yet judged. */
export interface Woven {
  readonly parts: readonly Part[];
  readonly rules: readonly AppliedRule[];
  /** The units that are settled, in order. */
  readonly units: readonly Unit[];
}

/** Three-way merge of a file by its units: paragraphs, list items, code blocks, fields. */
export function weave(base: Units, ours: Units, theirs: Units, telling: Telling): Woven {
  const text = new WovenText(telling);
  const weaver = new Weaver(text);
  const stretches = inOneOrder(base, ours, theirs, () =>
    text.rule("moved by one side, changed by the other", {}),
  );
  stretches.forEach((stretch, i) => {
    weaver.stretch(stretch, stretches[i - 1], stretches[i + 1]);
  });
  text.end([ours, theirs]);
  return { parts: joinText(text.parts), rules: text.rules, units: text.units };
}

class Weaver {
  readonly #text: WovenText;

  constructor(text: WovenText) {
    this.#text = text;
  }

  stretch(stretch: Stretch, last: Stretch | undefined, next: Stretch | undefined): void {
    const { kind, base, ours, theirs, edits } = stretch;
    if (kind === "same") {
      for (const [i, unit] of base.entries()) {
        const [o, t] = [ours[i] as Unit, theirs[i] as Unit];
        // Most of a file stands as it stood.
        if (o.text === t.text && o.tail === t.tail)
          this.#text.add([o.text], o.tail, { base: unit, ours: o, theirs: t });
        else this.#unit(unit, o, t);
      }
    } else if (kind === "both") this.#both(stretch, next);
    else {
      if (last?.kind === (kind === "ours" ? "theirs" : "ours"))
        this.#text.rule(TOUCHING, { ours: ours[0], theirs: theirs[0] });
      const edit = edits[kind][0];
      const [b, o, t] = [base[0], ours[0], theirs[0]];
      if (edit?.kind === "edited" && b && o && t) this.#unit(b, o, t);
      else if (
        edit?.kind === "put" &&
        isLoose(last, kind) &&
        (isLoose(next, kind) || last?.base.at(-1)?.kind === "heading")
      ) {
        this.#text.conflict(base, ours, theirs, this.#besideNew(kind));
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
      if (textOf(ours) !== textOf(theirs))
        this.#text.rule("both made the same change", { ours: o, theirs: t });
      const besides = this.#besides("theirs", next);
      this.#text.run(
        theirs.map((unit) => withMarkerOf(unit, besides)),
        "theirs",
      );
    } else if (left.every(isRemoval) && right.every(isRemoval)) {
      this.#text.rule("both removed it", { ours: o, theirs: t });
      this.#text.run(leftByBoth(stretch), "ours");
    } else if (this.#apart(stretch, next)) return;
    else if (base.length === 0 && (holds(ours, theirs) || holds(theirs, ours))) {
      this.#text.rule("one addition holds the other", { ours: o, theirs: t });
      if (holds(ours, theirs)) this.#text.run(ours, "ours");
      else this.#text.run(theirs, "theirs");
    } else if (this.#named(stretch, next)) return;
    else if (isSweeping(left, base.length)) {
      // Of what one side took away, only what the other changed in it is to be decided. Who wrote it anew gave it other
      // words: taking the other side's means all of that side's.
      const core = coreOf(stretch, "theirs");
      this.#text.conflict(core.base, ours, core.side);
    } else if (isSweeping(right, base.length)) {
      const core = coreOf(stretch, "ours");
      this.#text.conflict(core.base, core.side, theirs);
    } else this.#text.conflict(base, ours, theirs);
  }

  /** Fields, keyed items and definitions are merged by their names. */
  #named({ base, ours, theirs }: Stretch, next: Stretch | undefined): boolean {
    const merged = mergeNamed(base, ours, theirs, beginsWithOne(next));
    if (merged === null) return false;
    this.#join("different names in one list", merged, ours, theirs);
    return true;
  }

  /** What both sides added in one place, where it cannot be but in one order. */
  #apart({ base, ours, theirs }: Stretch, next: Stretch | undefined): boolean {
    if (base.length > 0) return false;
    const deeper = deeperFirst(ours, theirs);
    if (deeper !== null) this.#join("added at two depths, the deeper first", deeper, ours, theirs);
    if (deeper !== null) return true;
    const below = { ours: next?.ours[0], theirs: next?.theirs[0] };
    const apart = apartAtEdge(ours, theirs, this.#text.last, below);
    if (apart !== null) this.#join("added within and outside a list or box", apart, ours, theirs);
    return apart !== null;
  }

  #join(rule: string, merged: Units, ours: Units, theirs: Units): void {
    this.#text.rule(rule, { ours: ours[0], theirs: theirs[0] });
    const above = this.#text.last;
    merged.forEach((unit, i) => {
      const side = ours.includes(unit) ? "ours" : "theirs";
      const below = merged[i + 1];
      const other = side === "ours" ? "theirs" : "ours";
      // What now stands above the other side's has the room below it that stood there.
      const isLast = unit.kind === "item" && below && !(side === "ours" ? ours : theirs).includes(below);
      const tail = isLast && follows(above[other], below) ? above[other]?.tail : undefined;
      this.#text.add([unit.text], tail ?? unit.tail, { [side]: unit });
    });
  }

  #unit(base: Unit, ours: Unit, theirs: Unit): void {
    const { parts, rule } = mergeUnit(base, ours, theirs, this.#text.labels);
    if (rule !== null) this.#text.rule(rule, { ours, theirs });
    const at = this.#text.at({ ours, theirs });
    const located = parts.map((part) => (typeof part === "string" ? part : locatedAt(part, at)));
    const tail = mergeTails(base.tail, ours.tail, theirs.tail);
    const isUnquoted =
      ours.text !== theirs.text &&
      depthOf(ours.text) !== depthOf(theirs.text) &&
      !String(parts[0]).trimStart().startsWith(">");
    this.#text.add(located, isUnquoted ? tail.replaceAll(">", "") : tail, { base, ours, theirs });
  }

  /** What one side put in, in the quotes that the other put around its neighbours. */
  #put(stretch: Stretch, side: "ours" | "theirs", next: Stretch | undefined): void {
    const { base, ours, theirs } = stretch;
    const other = side === "ours" ? "theirs" : "ours";
    if (textOf(side === "ours" ? theirs : ours) !== textOf(base))
      this.#text.rule(LAYOUT, { ours: ours[0], theirs: theirs[0] });
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
      this.#text.rule("added to a list that the other side marks otherwise", { [side]: units[0] });
    const rows = besides.filter(({ own }, i) => isOneTable(i === 0 ? own : units.at(-1)));
    if (units.some((unit) => lacksColumns(unit, rows))) {
      const reason = `${this.#text.labels[side]} added this row, and ${this.#text.labels[other]} gave the table other columns.`;
      this.#text.conflict(base, ours, theirs, reason);
      return;
    }
    const shifts = besides.flatMap(quoteShift);
    const isOutside = units.every(({ text }) => shifts.every(({ from }) => depthOf(text) < depthOf(from)));
    if (isOutside || isAtEdge(units, besides)) {
      this.#runIndented(stretch, units, side, next);
      return;
    }
    const said = "added inside what the other side put in other quotes";
    if (this.#shifted(units, shifts, side, said)) return;
    const reason = `${this.#text.labels[side]} changed this, and ${this.#text.labels[other]} laid out anew what stands around it.`;
    this.#text.conflict(base, ours, theirs, reason);
  }

  /** What one side put between two passages that the other shifted alike; false where it did not. */
  #shifted(units: Units, [shift, second]: readonly Shift[], side: "ours" | "theirs", rule: string): boolean {
    const moved = isSameShift(shift, second)
      ? units.map((unit) => withLead(unit, shift.from, shift.to))
      : [null];
    if (!moved.every((unit) => unit !== null)) return false;
    this.#text.rule(rule, { [side]: units[0] });
    this.#text.run(moved, side);
    return true;
  }

  /** What one side put in, as far in as the other indents its neighbours. */
  #runIndented(
    { base, ours, theirs }: Stretch,
    units: Units,
    side: "ours" | "theirs",
    next: Stretch | undefined,
  ): void {
    const other = side === "ours" ? "theirs" : "ours";
    const laidOut = `${this.#text.labels[side]} added this, and ${this.#text.labels[other]} indents what stands around it otherwise.`;
    const shifts = units.some(isFlush) ? this.#besides(side, next).flatMap(indentShift) : [];
    if (shifts.length > 0) {
      if (!this.#shifted(units, shifts, side, INDENTED)) this.#text.conflict(base, ours, theirs, laidOut);
      return;
    }
    if (units.every(isAtMargin)) {
      this.#text.run(units, side);
      return;
    }
    const others = side === "ours" ? theirs : ours;
    const instead = base.flatMap((own, i) => (others[i] ? [{ own, text: others[i].text }] : []));
    const [before, own, below] = [next?.base[0], next?.[side][0], next?.[other][0]];
    const isMoved = before && own && leadOf(own.text) === leadOf(before.text);
    const belows = own ? [...instead, { own, text: (isMoved && below ? below : own).text }] : instead;
    const above = this.#text.list.slice(-NEAR).flatMap(({ from, text }): Placed[] => {
      const unit = from[side];
      return unit ? [{ own: unit, text: text ?? unit.text }] : [];
    });
    const indented: Unit[] = [];
    for (const unit of units) {
      const moved = indentedAs(unit, above, belows);
      if (moved === null) {
        this.#text.conflict(base, ours, theirs, laidOut);
        return;
      }
      indented.push(moved);
      above.push({ own: unit, text: moved.text });
    }
    if (indented.some((unit, i) => unit !== units[i])) this.#text.rule(INDENTED, { [side]: units[0] });
    this.#text.run(indented, side);
  }

  /** What stands before and behind a stretch, seen from one side. */
  #besides(side: "ours" | "theirs", next: Stretch | undefined): Beside[] {
    const below = next && { base: next.base[0], ours: next.ours[0], theirs: next.theirs[0] };
    const other = side === "ours" ? "theirs" : "ours";
    return [this.#text.last, below].map((beside) => ({
      before: beside?.base,
      own: beside?.[side],
      other: beside?.[other],
    }));
  }

  #besideNew(side: "ours" | "theirs"): string {
    const other = side === "ours" ? "theirs" : "ours";
    return `${this.#text.labels[side]} added this, and ${this.#text.labels[other]} wrote anew what stands around it.`;
  }
}

/** Whether passages stand between what the other side quotes otherwise and what it left as it was: they go with that. */
function isAtEdge(units: Units, besides: readonly Beside[]): boolean {
  const isKnown = besides.every(({ before, own, other }) => before && own && other);
  const [stays, ...more] = besides.filter((beside) => quoteShift(beside).length === 0);
  if (!isKnown || !stays?.own || stays.own.kind === "heading" || more.length > 0) return false;
  const depth = depthOf(stays.own.text);
  return units.every(({ kind, text }) => (kind === "prose" || kind === "heading") && depthOf(text) === depth);
}

function markedOtherwise(units: Units, before: Units): boolean {
  return units.some((unit, i) => unit.text !== before[i]?.text);
}
