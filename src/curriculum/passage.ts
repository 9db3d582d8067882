import type { Format, Passage, PassageKind } from "./document.ts";

export type PassageParts = Omit<Passage, "normal">;

/** A passage whose normal form is computed by `normalise` when it is first asked for. */
export function makePassage(parts: PassageParts, normalise: () => string): Passage {
  return new TextPassage(parts, normalise);
}

/**
 * A class, and no object with a getter: V8 keeps what such an object holds on to, which is the text of its whole file,
 * until it next looks through all memory.
 */
class TextPassage implements Passage {
  readonly key: string;
  readonly kind: PassageKind;
  readonly name: string;
  readonly parents: readonly string[];
  readonly text: string;
  readonly line: number;
  readonly format: Format;
  #normal: string | (() => string);

  constructor({ key, kind, name, parents, text, line, format }: PassageParts, normalise: () => string) {
    this.key = key;
    this.kind = kind;
    this.name = name;
    this.parents = parents;
    this.text = text;
    this.line = line;
    this.format = format;
    this.#normal = normalise;
  }

  get normal(): string {
    if (typeof this.#normal !== "string") this.#normal = this.#normal();
    return this.#normal;
  }
}

/** Another passage in the place of one: with other text, or further down. */
export function passageLike(
  passage: Passage,
  other: Partial<Pick<Passage, "text" | "line">>,
  normalise: () => string,
): Passage {
  return makePassage({ ...passage, ...other }, normalise);
}

/** The order of keyed items or of sections: its text is the keys, one a line. */
export function makeOrder(
  key: string,
  of: string,
  keys: readonly string[],
  line: number,
  format: Format,
): Passage {
  const text = keys.join("\n");
  return makePassage(
    { key, kind: "order", name: `order of ${of}`, parents: [], text, line, format },
    () => text,
  );
}
