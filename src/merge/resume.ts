import type { Cut } from "./cut.ts";
import type { Unit } from "./unit.ts";

/**
 * What may be taken from the units of one version of a file for another that begins and ends alike. Cutting goes
 * forward and looks no further ahead than the line at which it stands, and before a unit that begins with text at the
 * margin it remembers nothing: so the units before such a unit are the same where the texts are the same up to the end
 * of its first line, and it and all behind it where they are the same from there on.
 */
export class Resumption {
  readonly #text: string;
  readonly #like: Cut;
  /** How far the two texts are alike from their start, and from their end. */
  readonly #head: number;
  readonly #tail: number;
  #next = 0;

  constructor(text: string, like: Cut) {
    this.#text = text;
    this.#like = like;
    const [other, shorter] = [like.text, Math.min(text.length, like.text.length)];
    let head = 0;
    while (head < shorter && text.charCodeAt(head) === other.charCodeAt(head)) head++;
    let tail = 1;
    while (tail <= shorter && text.charCodeAt(text.length - tail) === other.charCodeAt(other.length - tail))
      tail++;
    this.#head = head;
    this.#tail = tail - 1;
  }

  /** The units that both texts begin with, where front matter ends in both at the same place. */
  head(frontEnd: number): Unit[] {
    const { text, units } = this.#like;
    const isReached = ({ start }: Unit): boolean => {
      const newline = text.indexOf("\n", start);
      return newline >= 0 && newline < this.#head;
    };
    const count = units.findLastIndex(
      (unit) => unit.start < this.#head && isAtMargin(unit) && isReached(unit),
    );
    return count > 0 && (units[count]?.start ?? 0) >= frontEnd ? units.slice(0, count) : [];
  }

  /** The units from an offset on at which one is to be cut; `null` where they are not known. */
  tail(start: number): Unit[] | null {
    const { text, units } = this.#like;
    const shift = this.#text.length - text.length;
    if (this.#text.length - start > this.#tail) return null;
    while ((units[this.#next]?.start ?? text.length) < start - shift) this.#next++;
    const unit = units[this.#next];
    if (unit?.start !== start - shift || !isAtMargin(unit)) return null;
    const rest = units.slice(this.#next);
    return shift === 0 ? rest : rest.map((unit) => ({ ...unit, start: unit.start + shift }));
  }
}

function isAtMargin({ kind, text }: Unit): boolean {
  return (kind === "prose" || kind === "heading") && !/^[ \t>]/.test(text);
}
