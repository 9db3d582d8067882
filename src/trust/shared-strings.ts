import { ownText } from "../curriculum/own-text.ts";

/** Data that JSON can write. */
type Data = string | number | boolean | null | undefined | readonly Data[] | Fields;

interface Fields {
  readonly [name: string]: Data;
}

/**
 * Data that outlives the files it was read from: each string is kept once, however many versions have it, and none as
 * a part of a file, which would hold on to the whole of it.
 */
export class SharedStrings {
  readonly #strings = new Map<string, string>();
  readonly #objects = new WeakMap<object, Data>();

  /** The same data, made of such strings alone; what is one object in several places stays one. */
  share<T>(data: T): T {
    return this.#shared(data as Data) as T;
  }

  /** The same for what JSON has just been parsed to, which nobody else has: the strings are exchanged in place. */
  shareParsed<T>(data: T): T {
    this.#exchange(data as Record<string, Data>);
    return data;
  }

  #exchange(data: Record<string, Data>): void {
    for (const name in data) {
      const value = data[name];
      if (Array.isArray(value) && value.length === 0) data[name] = NONE;
      else if (typeof value === "object" && value !== null) this.#exchange(value as Record<string, Data>);
      else if (typeof value === "string" && value.length > OWN) data[name] = this.#first(value);
    }
  }

  #first(text: string): string {
    const known = this.#strings.get(text);
    if (known === undefined) this.#strings.set(text, text);
    return known ?? text;
  }

  #shared(data: Data): Data {
    if (typeof data === "string") return this.#string(data);
    if (typeof data !== "object" || data === null) return data;
    const known = this.#objects.get(data);
    if (known !== undefined) return known;
    const shared = isList(data) ? this.#list(data) : this.#fields(data);
    this.#objects.set(data, shared);
    return shared;
  }

  #list(data: readonly Data[]): readonly Data[] {
    return data.length === 0 ? NONE : data.map((each) => this.#shared(each));
  }

  #fields(data: Fields): Fields {
    // A copy takes less room than what is put together field by field.
    const shared: Record<string, Data> = { ...data };
    for (const name of Object.keys(shared)) shared[name] = this.#shared(shared[name]);
    return shared;
  }

  #string(text: string): string {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    this.#strings.set(own, own);
    return own;
  }
}

/**
 * Signs up to which V8 keeps a string of JSON only once by itself.
 * https://github.com/v8/v8/blob/main/src/json/json-parser.h, kMaxInternalizedStringValueLength
 */
const OWN = 10;

const NONE: readonly Data[] = Object.freeze([]);

function isList(data: readonly Data[] | Fields): data is readonly Data[] {
  return Array.isArray(data);
}
