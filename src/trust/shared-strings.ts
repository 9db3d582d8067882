/** Data that JSON can write. */
type Data =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Data[]
  | { readonly [name: string]: Data };

/**
 * Strings that outlive the files they were read from: each is kept once, however many versions have it, and none as a
 * part of a file. V8 keeps a slice as a view that holds on to the whole text
 * (https://github.com/v8/v8/blob/main/src/objects/string.h, SlicedString), so that a thousand versions of a few
 * passages would hold a thousand versions of whole documents.
 */
export class SharedStrings {
  readonly #kept = new Map<string, string>();

  /** The same data, made of such strings alone. */
  share<T>(data: T): T {
    return this.#shared(data as Data) as T;
  }

  #shared(data: Data): Data {
    if (typeof data === "string") return this.#string(data);
    if (typeof data !== "object" || data === null) return data;
    if (isList(data)) return data.length === 0 ? NONE : data.map((each) => this.#shared(each));
    return Object.fromEntries(Object.entries(data).map(([name, each]) => [name, this.#shared(each)]));
  }

  #string(text: string): string {
    const known = this.#kept.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text, "utf8").toString("utf8");
    this.#kept.set(own, own);
    return own;
  }
}

const NONE: readonly Data[] = Object.freeze([]);

function isList(data: object): data is readonly Data[] {
  return Array.isArray(data);
}
