import { type Document, isMap, isScalar, isSeq, type Pair, visit } from "yaml";
import type { Passage, Problem, Slice } from "./document.ts";
import { counted, itemKeys, readableKey } from "./item-keys.ts";
import { lazily } from "./lazily.ts";
import { lineAt } from "./lines.ts";
import { normalisePlain } from "./normal.ts";
import { normaliseValue } from "./normal-yaml.ts";
import { parseYaml, yamlValues } from "./parse-yaml.ts";
import { makeOrder, makePassage } from "./passage.ts";
import { encodePart } from "./slug.ts";
import { listLayout, ownStart } from "./yaml-layout.ts";

/** A file being read, with the offsets of its lines. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly starts: readonly number[];
}

/** A run of YAML as fields and items; the slices cover `[start, end)` without a gap. */
export interface FieldScan {
  readonly start: number;
  readonly end: number;
  readonly slices: readonly Slice[];
  readonly passages: readonly Passage[];
  readonly problems: readonly Problem[];
  /** The text of a top-level scalar field. */
  scalar(name: string): string | null;
  /** The mapping as plain values, parsed when first asked for. */
  data(): Readonly<Record<string, unknown>>;
}

const ALIAS = /(?:^|[\s,[{:-])\*\S/;

/** Reads the YAML at `[from, to)` of a file into one passage a field and one an item of keyed lists. */
export function scanFields(source: Source, from: number, to: number): FieldScan {
  const body = source.text.slice(from, to);
  const parsed = parseYaml(body, { keepSourceTokens: true });
  if ("fault" in parsed) return unreadable(source, from, to, parsed.at, parsed.fault);
  const { document } = parsed;
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return emptyScan(to);
  if (!isMap(root)) {
    const what = isSeq(root) ? "a list" : "plain text";
    const fault = `fields (name: value) are expected here, and this is ${what}`;
    return unreadable(source, from, to, startOf(root) ?? 0, fault);
  }
  const alias = ALIAS.test(body) && hasAlias(document) ? aliasFault(document) : null;
  if (alias !== null) return unreadable(source, from, to, 0, alias);
  return new FieldReader(source, document, body, from).read(root.items, to);
}

/** A passage before the ends of the slices are known; `range` where it shares its slice with others. */
interface Draft {
  readonly key: string;
  readonly kind: "field" | "item";
  readonly name: string;
  readonly slice: number;
  readonly range: readonly [number, number] | null;
  readonly at: number;
  readonly node: unknown;
}

class FieldReader {
  private readonly slices: { start: number; name: string; passages: string[] }[] = [];
  private readonly drafts: (Draft | Passage)[] = [];

  constructor(
    private readonly source: Source,
    private readonly document: Document,
    private readonly body: string,
    private readonly from: number,
  ) {}

  read(pairs: readonly Pair[], to: number): FieldScan {
    const names = counted(pairs.map((pair) => encodePart(scalarText(pair.key) ?? "")));
    let floor = 0;
    pairs.forEach((pair, at) => {
      const keyAt = startOf(pair.key) ?? startOf(pair.value) ?? floor;
      this.field(pair, names[at] ?? "", keyAt, ownStart(this.body, keyAt, floor));
      floor = Math.max(floor, endOf(pair.value) ?? endOf(pair.key) ?? keyAt);
    });
    const footer = /^\.\.\.(?=\s|$)/m.exec(this.body.slice(floor));
    const end = footer === null ? to : this.from + floor + footer.index;
    const slices = this.slices.map((slice, at) => ({ ...slice, end: this.slices[at + 1]?.start ?? end }));
    return {
      start: slices[0]?.start ?? end,
      end,
      slices,
      passages: this.drafts.map((draft) => ("node" in draft ? this.passage(draft, slices) : draft)),
      problems: [],
      scalar: (name) => topScalar(this.document, name),
      data: lazily(() => valuesOf(this.document) ?? {}),
    };
  }

  /** `begin` is null for a field that begins on a line of the one before (a mapping in braces). */
  private field(pair: Pair, name: string, keyAt: number, begin: number | null): void {
    const key = `@${name}`;
    const value = pair.value;
    const items = isSeq(value) ? itemKeys(name, value) : null;
    const layout =
      isSeq(value) && items !== null ? listLayout(value, this.body, endOf(pair.key) ?? keyAt) : null;
    const range = begin === null ? ([keyAt, endOf(value) ?? endOf(pair.key) ?? keyAt] as const) : null;
    if (!isSeq(value) || items === null || layout === null) {
      this.own(key, begin, [key]);
      this.draft(key, "field", name, range, keyAt, value);
      return;
    }
    const keys = items.map((item) => `${key}.${item}`);
    const dashes = begin === null ? null : layout.dashes;
    this.own(dashes === null ? key : `${key}:`, begin, dashes === null ? keys : []);
    value.items.forEach((item, at) => {
      const itemKey = keys[at] ?? key;
      const dash = dashes?.[at];
      if (dash !== undefined) this.own(itemKey, dash.start, [itemKey]);
      const place = dash === undefined ? ([startOf(item) ?? 0, endOf(item) ?? 0] as const) : null;
      this.draft(
        itemKey,
        "item",
        `${name} ${readableKey(items[at] ?? "")}`,
        place,
        dash?.at ?? startOf(item) ?? 0,
        item,
      );
    });
    if (keys.length > 1) {
      this.drafts.push(makeOrder(`${key}!order`, name, keys, this.line(keyAt), "yaml"));
    }
  }

  private own(name: string, begin: number | null, passages: string[]): void {
    const last = this.slices.at(-1);
    if (begin === null && last !== undefined) last.passages.push(...passages);
    else this.slices.push({ start: this.from + (begin ?? 0), name, passages });
  }

  private draft(
    key: string,
    kind: Draft["kind"],
    name: string,
    range: Draft["range"],
    at: number,
    node: unknown,
  ): void {
    this.drafts.push({ key, kind, name, slice: this.slices.length - 1, range, at, node });
  }

  private passage(draft: Draft, slices: readonly Slice[]): Passage {
    const slice = slices[draft.slice];
    const [start, end] = draft.range ?? [(slice?.start ?? 0) - this.from, (slice?.end ?? 0) - this.from];
    const text = this.body.slice(start, end);
    const { key, kind, name, node } = draft;
    return makePassage(
      { key, kind, name, parents: [], text, line: this.line(draft.at), format: "yaml" },
      () => normaliseValue(node, this.document),
    );
  }

  private line(at: number): number {
    return lineAt(this.source.starts, this.from + at);
  }
}

function unreadable(source: Source, from: number, to: number, at: number, fault: string): FieldScan {
  const line = lineAt(source.starts, from + Math.min(at, source.text.slice(from, to).trimEnd().length));
  const text = source.text.slice(from, to);
  const passage = makePassage(
    {
      key: "@",
      kind: "field",
      name: "fields",
      parents: [],
      text,
      line: lineAt(source.starts, from),
      format: "yaml",
    },
    () => normalisePlain(text),
  );
  return {
    start: from,
    end: to,
    slices: [{ start: from, end: to, name: "@", passages: ["@"] }],
    passages: [passage],
    problems: [{ path: source.path, line, message: `The fields cannot be read as YAML: ${fault}.` }],
    scalar: () => null,
    data: () => ({}),
  };
}

function emptyScan(to: number): FieldScan {
  return { start: to, end: to, slices: [], passages: [], problems: [], scalar: () => null, data: () => ({}) };
}

function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function aliasFault(document: Document): string | null {
  const read = yamlValues(document);
  return "fault" in read ? read.fault : null;
}

function valuesOf(document: Document): Record<string, unknown> | null {
  const read = yamlValues(document);
  if ("fault" in read) return null;
  const { values } = read;
  return typeof values === "object" && values !== null ? (values as Record<string, unknown>) : {};
}

function topScalar(document: Document, name: string): string | null {
  return isMap(document.contents) ? scalarText(document.contents.get(name, true)) : null;
}

function scalarText(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null;
  return typeof node.value === "string" ? node.value : (node.source ?? String(node.value));
}

function startOf(node: unknown): number | null {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? null;
}

function endOf(node: unknown): number | null {
  return (node as { range?: readonly number[] | null } | null)?.range?.[1] ?? null;
}
