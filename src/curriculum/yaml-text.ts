import { dataOfGlance } from "./data-at-glance.ts";
import type { Document, Problem, Yaml } from "./document.ts";
import { scalarAtGlance } from "./glance.ts";
import type { Fields } from "./value.ts";
import { valuesAtGlance } from "./values-at-glance.ts";
import { type FieldScan, type Source, scanFields } from "./yaml.ts";

/** The YAML at `[from, to)` of a file: by a look at each line where that tells what is asked, else parsed. */
export class YamlText implements Yaml {
  readonly text: string;
  readonly #source: Source;
  readonly #from: number;
  #glance: Fields | null | undefined;
  #data: Document["data"] | null | undefined;
  #scan: FieldScan | undefined;

  constructor(source: Source, from: number, to: number) {
    this.text = source.text.slice(from, to);
    this.#source = source;
    this.#from = from;
  }

  get line(): number {
    return this.#source.text.slice(0, this.#from).split("\n").length;
  }

  get glance(): Fields | null {
    if (this.#glance === undefined) this.#glance = valuesAtGlance(this.text, this.line);
    return this.#glance;
  }

  get scan(): FieldScan {
    this.#scan ??= scanFields(this.#source, this.#from, this.#from + this.text.length);
    return this.#scan;
  }

  /** The text of a top-level scalar field. */
  scalar(name: string): string | null {
    return this.#seen(name) ?? scalarAtGlance(this.text, name) ?? this.scan.scalar(name);
  }

  get data(): Document["data"] {
    return this.#dataAtGlance() ?? this.scan.data();
  }

  /** None where a look tells the data: then it is as it should be. */
  get problems(): readonly Problem[] {
    return this.#dataAtGlance() === null ? this.scan.problems : [];
  }

  /** The words of a field, where all of them were looked at before and these stand on one line. */
  #seen(name: string): string | null {
    const value = this.#glance?.get(name)?.value;
    if (value?.kind !== "text" || value.style === "block" || value.text.includes("\n")) return null;
    return value.text;
  }

  #dataAtGlance(): Document["data"] | null {
    if (this.#data === undefined) this.#data = this.glance === null ? null : dataOfGlance(this.glance);
    return this.#data;
  }
}
