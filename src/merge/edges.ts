import { CONTAINER } from "../curriculum/containers.ts";
import { layoutOf } from "./containers.ts";
import { ALERT } from "./markdown-signs.ts";
import { leadOf, type Unit } from "./unit.ts";

type Units = readonly Unit[];

/** A unit as both sides have it. */
interface OnBoth {
  readonly ours?: Unit | undefined;
  readonly theirs?: Unit | undefined;
}

/** What one side has beside a place. */
interface Neighbours {
  readonly above: Unit | undefined;
  readonly below: Unit | undefined;
}

/**
 * What both sides put at an edge of a list, a table or a box: what goes on in it stands within, what is no part of it
 * outside. `null` where the edge does not tell.
 */
export function apartAtEdge(ours: Units, theirs: Units, above: OnBoth, below: OnBoth): Unit[] | null {
  return (
    ordered(ours, theirs, { above: above.ours, below: below.ours }) ??
    ordered(theirs, ours, { above: above.theirs, below: below.theirs })
  );
}

/** The two runs in the order that the first of them asks for. */
function ordered(inner: Units, outer: Units, { above, below }: Neighbours): Unit[] | null {
  const [goesOn, begins] = [above, below].map((beside) => isOfOneList(inner, beside));
  if (goesOn !== begins && !outer.some(isListed)) {
    if (begins && areAtMargin(outer)) return [...outer, ...inner];
    if (goesOn && outer.every(closesBox)) return [...inner, ...outer];
  }
  if (!areAtMargin(outer) || layoutOf(outer).loose.length > 0) return null;
  // Where all of a section is in the box, what is new at an edge of it may belong inside.
  if (inner.every(opensBox)) return isPassage(above) ? [...outer, ...inner] : null;
  if (!inner.every(closesBox) || outer.some(isListed)) return null;
  return isPassage(below) || outer[0]?.kind === "heading" ? [...inner, ...outer] : null;
}

/** Whether a run is of the list or table that a unit beside it belongs to. */
function isOfOneList(run: Units, beside: Unit | undefined): boolean {
  const [first] = run;
  if (!first || !beside || !isListed(beside) || !run.every(({ kind }) => kind === beside.kind)) return false;
  return leadOf(first.text) === leadOf(beside.text);
}

function isPassage(unit: Unit | undefined): boolean {
  return unit !== undefined && unit.kind !== "heading" && unit.kind !== "line";
}

function isListed({ kind }: Unit): boolean {
  return kind === "item" || kind === "row";
}

function areAtMargin(units: Units): boolean {
  return units.every(({ kind, text }) => kind !== "entry" && leadOf(text) === "");
}

const SHORTCODE = /^\{\{[%<][ \t]*(\/?)[\w-]/;

/** Whether a unit is a line that only says that what stands below is in a box. */
function opensBox(unit: Unit): boolean {
  if (unit.kind !== "line") return false;
  const line = unit.text.slice(leadOf(unit.text).length).trimEnd();
  if (CONTAINER.test(line) || ALERT.test(line) || /^<summary\b.*<\/summary>$/.test(line)) return true;
  return SHORTCODE.exec(line)?.[1] === "" || isLoose(unit, "open");
}

function closesBox(unit: Unit): boolean {
  if (unit.kind !== "line") return false;
  const line = unit.text.trim();
  return line.startsWith("{:") || SHORTCODE.exec(line)?.[1] === "/" || isLoose(unit, "close");
}

function isLoose(unit: Unit, mark: "open" | "close"): boolean {
  const { loose } = layoutOf([unit]);
  return loose.length > 0 && loose.every((each) => each.startsWith(mark));
}
