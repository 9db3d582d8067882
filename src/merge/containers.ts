import { divMark } from "../curriculum/containers.ts";
import { onceFor } from "../curriculum/lazily.ts";
import { collapse, type Unit } from "./unit.ts";

type Units = readonly Unit[];

/**
 * A stretch between what opens and what closes it, over more than one unit: a div of colons, an HTML element or
 * component, a comment, a task, a pair of Liquid tags; also one tag that goes over several units.
 */
export interface Container {
  /** Indices of the units in which it opens and closes. */
  readonly open: number;
  readonly close: number;
  /** What opens it, apart from white space and the number of colons. */
  readonly label: string;
}

/** The containers of a text, outer ones before those within them, and what is wrong with them. */
export interface Layout {
  readonly containers: readonly Container[];
  /** Of what opens without closing, or closes without opening, what it is; each as often as it stands there. */
  readonly loose: readonly string[];
  /** Divs whose colons only Pandoc pairs: others want the closing line as long as the opening one, and outer longer. */
  readonly misfits: readonly string[];
}

/** Where in lines the marks of containers may stand; inline code and escaped signs come first, as they hide them. */
const MARK =
  /`+[^`\n]*`+|\\.|<!--|-->|^[ \t>]*(:{3,}.*)$|^[ \t>]*---[ \t]+(\/?[A-Za-z](?:[\w -]*[\w-])?)[ \t]+---[ \t]*$|\{%-?[ \t]*(end)?(raw|if|unless|for|case|capture|comment|highlight|tablerow)\b|<(\/?)([A-Za-z][\w.-]*)(?=[\s/>]|$)/gm;
const MAY_HOLD_MARKS = /<|\{%|-->|:::|---/;
const INLINE =
  /^(?:a|abbr|area|b|base|br|cite|code|col|del|em|embed|hr|i|img|input|ins|kbd|link|mark|meta|q|s|small|source|span|strong|sub|sup|track|u|var|wbr)$/i;

/** How far a tag may reach to its end, in UTF-16 code units. */
const LONGEST_TAG = 4000;

interface Opened {
  readonly open: number;
  readonly family: string;
  readonly label: string;
  readonly colons: number;
}

/** Reads the containers of a text from its units; worked out once for a text. */
export const layoutOf = onceFor((units: Units): Layout => new Reader(units).read());

/** What may hold marks: the text of a unit, and what parts it from the next. */
interface Piece {
  readonly unit: number;
  readonly text: string;
  readonly gap: "\n" | "\n\n";
}

/** A place behind which reading goes on. */
interface Place {
  readonly piece: number;
  readonly offset: number;
}

class Reader {
  readonly #containers: Container[] = [];
  readonly #loose: string[] = [];
  readonly #misfits: string[] = [];
  readonly #stack: Opened[] = [];
  readonly #pieces: readonly Piece[];

  constructor(units: Units) {
    this.#pieces = units.flatMap(({ kind, text, tail }, unit): Piece | [] =>
      mayHoldMarks(kind, text)
        ? { unit, text: text.replaceAll("\r", ""), gap: tail.split("\n").length > 2 ? "\n\n" : "\n" }
        : [],
    );
  }

  read(): Layout {
    let place: Place = { piece: 0, offset: 0 };
    while (place.piece < this.#pieces.length) place = this.#marks(place);
    for (const { family } of this.#stack) this.#loose.push(`open ${family}`);
    const containers = this.#containers.sort((a, b) => a.open - b.open || b.close - a.close);
    return { containers, loose: this.#loose, misfits: this.#misfits };
  }

  /** Reads the marks of a piece from a place on; returns where to go on. */
  #marks({ piece, offset }: Place): Place {
    const { unit, text } = this.#pieces[piece] as Piece;
    const next = { piece: piece + 1, offset: 0 };
    if (!MAY_HOLD_MARKS.test(text)) return next;
    const pattern = new RegExp(MARK);
    pattern.lastIndex = offset;
    for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
      const [mark, div, task, end, liquid, slash, tag] = found;
      const after = { piece, offset: pattern.lastIndex };
      if (mark === "<!--") return this.#comment(after);
      if (tag !== undefined)
        return this.#tag(after, { name: tag, start: found.index, closes: slash === "/" });
      if (mark === "-->") this.#loose.push("close <!--");
      else if (div !== undefined) this.#div(unit, div);
      else if (task?.startsWith("/")) this.#close(unit, `--- ${task.slice(1)}`);
      else if (task !== undefined) this.#open(unit, `--- ${task}`, `--- ${task}`);
      else if (end !== undefined) this.#close(unit, `{% ${liquid}`);
      else if (liquid !== undefined) this.#open(unit, `{% ${liquid}`, `{% ${liquid}`);
    }
    return next;
  }

  /** A comment from behind its beginning up to its end. */
  #comment(from: Place): Place {
    const mark = /<!--|-->/g;
    mark.lastIndex = from.offset;
    for (let { piece } = from; piece < this.#pieces.length; piece++, mark.lastIndex = 0) {
      const found = mark.exec(this.#pieces[piece]?.text ?? "");
      if (found === null) continue;
      if (found[0] !== "-->") break;
      this.#contain(this.#unitOf(from.piece), this.#unitOf(piece), "<!--");
      return { piece, offset: mark.lastIndex };
    }
    this.#loose.push("open <!--");
    return from;
  }

  #div(unit: number, line: string): void {
    const colons = /^:+/.exec(line)?.[0].length ?? 0;
    if (divMark(line) === "open") {
      const label = `::: ${collapse(line.replace(/^:+|:+\s*$/g, ""))}`;
      const outer = this.#stack.findLast(({ family }) => family === ":::");
      if (outer && outer.colons <= colons) this.#misfits.push(label);
      this.#open(unit, ":::", label, colons);
      return;
    }
    const opened = this.#close(unit, ":::");
    if (opened && opened.colons !== colons) this.#misfits.push(opened.label);
  }

  /** A tag up to its end; one that has none is loose. */
  #tag(from: Place, { name, start, closes }: { name: string; start: number; closes: boolean }): Place {
    const unit = this.#unitOf(from.piece);
    const family = `<${name}`;
    const found = this.#tagEnd(from);
    if (found === null) {
      this.#loose.push(`${closes ? "close" : "open"} ${family}`);
      return from;
    }
    const tag = found.text.slice(start);
    const last = this.#unitOf(found.end.piece);
    const label = collapse(tag);
    if (tag.endsWith("/>") || (INLINE.test(name) && !closes)) this.#contain(unit, last, label);
    else if (closes && !INLINE.test(name)) this.#close(last, family);
    else if (!closes) this.#open(unit, family, label);
    return found.end;
  }

  /** Where a tag ends, maybe in a later piece, and the text of its pieces up to there. */
  #tagEnd({ piece, offset }: Place): { end: Place; text: string } | null {
    let text = this.#pieces[piece]?.text ?? "";
    const starts = [0];
    let end = tagEnd(text, offset);
    if (end === "open") {
      for (let last = piece; last + 1 < this.#pieces.length && text.length < offset + LONGEST_TAG; last++) {
        text += this.#pieces[last]?.gap;
        starts.push(text.length);
        text += this.#pieces[last + 1]?.text;
      }
      end = tagEnd(text, offset);
    }
    if (end === "open" || end === null) return null;
    const behind = end;
    const last = starts.findLastIndex((start) => start < behind);
    return {
      end: { piece: piece + last, offset: behind - (starts[last] ?? 0) },
      text: text.slice(0, behind),
    };
  }

  #open(open: number, family: string, label: string, colons = 0): void {
    this.#stack.push({ open, family, label, colons });
  }

  /** Closes the innermost of its kind; what opened within it and did not close is loose. */
  #close(unit: number, family: string): Opened | null {
    const at = this.#stack.findLastIndex((opened) => opened.family === family);
    const [opened, ...within] = at < 0 ? [] : this.#stack.splice(at);
    for (const loose of within) this.#loose.push(`open ${loose.family}`);
    if (opened) this.#contain(opened.open, unit, opened.label);
    else this.#loose.push(`close ${family}`);
    return opened ?? null;
  }

  #contain(open: number, close: number, label: string): void {
    if (open < close) this.#containers.push({ open, close, label });
  }

  #unitOf(piece: number): number {
    return this.#pieces[piece]?.unit ?? 0;
  }
}

/** Code in a fence says nothing of the page; what is only indented may be markup within markup. */
function mayHoldMarks(kind: Unit["kind"], text: string): boolean {
  if (kind === "code") return /^[ \t]+<[/!A-Za-z]/.test(text);
  return kind === "line" || kind === "prose" || kind === "item";
}

/**
 * Offset behind the sign that ends a tag, outside quotes and braces; `null` where a blank line or another tag comes first,
 * or it is too far away.
 */
function tagEnd(text: string, start: number): number | "open" | null {
  let quote = "";
  let depth = 0;
  const most = start + LONGEST_TAG;
  for (let i = start; i < text.length; i++) {
    if (i >= most) return null;
    const sign = text.charAt(i);
    if (sign === "\n" && text.charAt(i + 1) === "\n" && depth === 0) return null;
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === "{") depth++;
    else if (sign === "}") depth--;
    else if (sign === ">" && depth <= 0) return i + 1;
    else if (sign === "<" && depth <= 0) return null;
  }
  return "open";
}

/** For each unit the innermost container that it stands within, the lines that open and close it not counted. */
export const containerOf = onceFor((units: Units): readonly (Container | undefined)[] => {
  const within = new Array<Container | undefined>(units.length);
  for (const container of layoutOf(units).containers)
    within.fill(container, container.open + 1, container.close);
  return within;
});

/**
 * Containers of a result that are not whole, as on neither side: without an end or a beginning, empty, or with colons
 * that only some readers pair.
 */
export function brokenContainers(base: Units, sides: readonly [Units, Units], result: Units): string[] {
  const [before, left, right, now] = [base, ...sides, result].map(faultsIn) as Four<Map<string, number>>;
  const broken = [...now].flatMap(([fault, often]) => {
    const [b, o, t] = [before, left, right].map((counts) => counts.get(fault) ?? 0) as [
      number,
      number,
      number,
    ];
    return often > Math.max(o, t, o + t - b) ? [fault] : [];
  });
  const arePairedByAnyLength = [base, ...sides].some((units) => layoutOf(units).misfits.length > 0);
  return arePairedByAnyLength ? broken : [...broken, ...layoutOf(result).misfits];
}

type Four<T> = [T, T, T, T];

function faultsIn(units: Units): Map<string, number> {
  const counts = new Map<string, number>();
  const { loose, containers } = layoutOf(units);
  const empty = containers
    .filter((container) => isEmpty(units, container))
    .map(({ label }) => `empty ${label}`);
  for (const fault of [...loose, ...empty]) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return counts;
}

/** Whether nothing but a title stands between what opens a container and what closes it. */
function isEmpty(units: Units, { open, close, label }: Container): boolean {
  if (label === "<!--" || label.endsWith("/>")) return false;
  const isTitle = ({ text }: Unit): boolean => /^\s*<summary\b/.test(text);
  return units.slice(open + 1, close).every(isTitle) && isAlone(units[open]) && isAlone(units[close]);
}

/** Whether a unit holds nothing but the line that opens or closes a container. */
function isAlone(unit: Unit | undefined): boolean {
  return unit?.kind === "line" && !/>[^<>]*\S[^<>]*</.test(unit.text.replace(/<summary\b.*<\/summary>/, ""));
}
