import { isYamlPath } from "../curriculum/conventions.ts";
import { findFrontMatter } from "../curriculum/front-matter.ts";
import { onceFor } from "../curriculum/lazily.ts";
import { allYamlValues } from "../curriculum/parse-yaml.ts";
import { ITEM_KEYS } from "./cut-yaml.ts";
import type { Cut } from "./unit.ts";

/** The texts of a merge of one file; each is read once for all that is asked of it. */
interface Texts {
  readonly base: Text;
  readonly ours: Text;
  readonly theirs: Text;
}
type Text = Pick<Cut, "text">;

/**
 * Whether the values of a file's fields are what its sides make of them: of what one side changed that side's, of what
 * both changed in ways of their own what each has below it. Units of text cannot tell: a line may become part of what
 * stands above it, or the field of another item, with every word still there.
 * True too where that cannot be told, because one of the three texts does not parse.
 * @param by what text that both changed was merged by
 */
export function valuesAreMerged(
  path: string,
  { base, ours, theirs }: Texts,
  result: Text,
  by: Joined,
): boolean {
  const texts = [base, ours, theirs, result];
  const [b, o, t, r] = texts.map((text) => fieldsOf(text, path));
  // Most fields were changed by one side at most, and need no parser.
  if (r === (o === b ? t : t === b || o === t ? o : null)) return true;
  return judge(path, texts, ([was = [], mine = [], other = [], made = []]) => {
    const documents = [was, mine, other, made];
    if (documents.some(({ length }) => length !== made.length)) return isMerged(was, mine, other, made, by);
    return made.every((document, i) => isMerged(was[i], mine[i], other[i], document, by));
  });
}

/** Whether the values of a file, with one side taken wherever it is open, are those of either side. */
export function valuesAreTaken(path: string, { ours, theirs }: Texts, taken: Text): boolean {
  const texts = [ours, theirs, taken];
  const [o, t, r] = texts.map((text) => fieldsOf(text, path));
  return (
    r === o ||
    r === t ||
    judge(path, texts, ([mine = [], other = [], made = []]) =>
      made.every((document, i) => isTaken(mine[i], other[i], document)),
    )
  );
}

/** The last of the texts is what was made of the others. */
function judge(path: string, texts: readonly Text[], isRight: (values: readonly List[]) => boolean): boolean {
  const values = texts.map((text) => valuesOf(text, path));
  const made = values.pop();
  if (values.some((each) => each === null)) return true;
  return made != null && isRight([...(values as List[]), made]);
}

const valuesOf = onceFor((text: Text, path: string): List | null => allYamlValues(fieldsOf(text, path)));

/** The fields of a file as they stand in it. */
const fieldsOf = onceFor(({ text }: Text, path: string): string => {
  if (isYamlPath(path)) return text;
  const front = findFrontMatter(text, text.startsWith("\uFEFF") ? 1 : 0);
  return "open" in front ? text.slice(front.body, front.bodyEnd) : "";
});

/** By units, only text whose lines are its own is merged, by lines; by lines, as Git does, wrapped text is too. */
export type Joined = "units" | "lines";

type Fields = Readonly<Record<string, unknown>>;
type List = readonly unknown[];

/** Of a value in base, ours, theirs and the result; what is absent is `undefined`. */
function isMerged(base: unknown, ours: unknown, theirs: unknown, result: unknown, by: Joined): boolean {
  const [b, o, t, r] = [base, ours, theirs, result].map(written);
  if (o === t || t === b) return r === o;
  if (o === b) return r === t;
  if (isFields(ours) && isFields(theirs) && isFields(result)) {
    const before = isFields(base) ? base : {};
    return namesOf(before, ours, theirs, result).every((name) =>
      isMerged(before[name], ours[name], theirs[name], result[name], by),
    );
  }
  if (isList(ours) && isList(theirs) && isList(result)) {
    const lists = [isList(base) ? base : [], ours, theirs, result];
    return [byKey(lists), lists.map(byContent)].some((items) => items !== null && areMerged(items, by));
  }
  // Its words are looked through elsewhere; one side's text alone would be without what the other changed.
  return by === "lines"
    ? [ours, theirs, result].every(isText)
    : r !== o && r !== t && [ours, theirs, result].every(hasLines);
}

/** A list by what tells its items apart, in their order. */
type Items = ReadonlyMap<string, unknown>;

function areMerged([b, o, t, r]: readonly Items[], by: Joined): boolean {
  if (!b || !o || !t || !r || !isInOrder(b, o, t, r)) return false;
  const rewritten = { base: [], ours: [], theirs: [], result: [] } as Record<string, unknown[]>;
  for (const name of new Set([b, o, t, r].flatMap((items) => [...items.keys()]))) {
    const [was, mine, other, is] = [b, o, t, r].map((items) => items.has(name));
    const wanted = mine === other || other === was ? mine : other;
    if (is === wanted) {
      const isSame = isMerged(b.get(name), o.get(name), t.get(name), r.get(name), by);
      if (is && !isSame) return false;
      if (was && !mine && !other) rewritten.base?.push(b.get(name));
    } else if (is) rewritten.result?.push(r.get(name));
    else if (mine && other) return false;
    else if (mine) rewritten.ours?.push(o.get(name));
    else rewritten.theirs?.push(t.get(name));
  }
  const { base = [], ours = [], theirs = [], result = [] } = rewritten;
  if (ours.length !== result.length || theirs.length !== result.length) return false;
  return result.every((item, i) => isMerged(base[i], ours[i], theirs[i], item, by));
}

/** Whether neighbours of the result stand in the order of the side that changed it, or of any side that has both. */
function isInOrder(base: Items, ours: Items, theirs: Items, result: Items): boolean {
  const [b, o, t] = [base, ours, theirs].map(
    (items) => new Map([...items.keys()].map((name, at) => [name, at])),
  );
  const stand = (places: ReadonlyMap<string, number> | undefined, x: string, y: string): boolean | null => {
    const [first, second] = [places?.get(x), places?.get(y)];
    return first === undefined || second === undefined ? null : first < second;
  };
  const names = [...result.keys()];
  return names.slice(1).every((name, i) => {
    const [was, mine, other] = [b, o, t].map((places) => stand(places, names[i] as string, name));
    if (mine === null || other === null) return (mine ?? other) !== false;
    return mine === other || was === null
      ? mine === true || other === true
      : (mine === was ? other : mine) === true;
  });
}

/** Lists by the first key that every item of all of them has, and no two of one the same; null where there is none. */
function byKey(lists: readonly List[]): Items[] | null {
  for (const key of ITEM_KEYS) {
    const found = lists.map((list) => {
      const named = list.map((item) => [isFields(item) ? item[key] : undefined, item] as const);
      const isKeyed = named.every(([name]) => typeof name === "string" || typeof name === "number");
      const items = new Map(named.map(([name, item]) => [String(name), item]));
      return isKeyed && items.size === list.length ? items : null;
    });
    if (found.every((items) => items !== null)) return found;
  }
  return null;
}

/** A list by what its items say; those that say the same are counted. */
function byContent(list: List): Items {
  const counts = new Map<string, number>();
  return new Map(
    list.map((item) => {
      const content = written(item);
      const count = (counts.get(content) ?? 0) + 1;
      counts.set(content, count);
      return [`${content} ${count}`, item];
    }),
  );
}

function isTaken(ours: unknown, theirs: unknown, taken: unknown): boolean {
  const [o, t, r] = [ours, theirs, taken].map(written);
  if (r === o || r === t) return true;
  if (isFields(taken)) {
    const sides = [ours, theirs].map((side) => (isFields(side) ? side : {}));
    const [left, right] = sides as [Fields, Fields];
    return namesOf(left, right, taken).every((name) => isTaken(left[name], right[name], taken[name]));
  }
  if (isList(taken)) {
    const [left, right] = [ours, theirs].map((side) => (isList(side) ? side : [])) as [List, List];
    return taken.every((item) => itemIsTaken(left, right, item));
  }
  return hasLines(taken) && (hasLines(ours) || hasLines(theirs));
}

function itemIsTaken(ours: List, theirs: List, item: unknown): boolean {
  const all = [...ours, ...theirs];
  if (all.some((other) => written(other) === written(item))) return true;
  if (!isFields(item)) return hasLines(item) && all.some(hasLines);
  return isTaken(nearest(ours, item), nearest(theirs, item), item);
}

/** The item of a list that has its key, else the one that has most of its fields alike. */
function nearest(list: List, item: Fields): unknown {
  const alike = (other: unknown): string[] =>
    isFields(other) ? Object.keys(item).filter((name) => written(other[name]) === written(item[name])) : [];
  let [found, most]: [unknown, number] = [undefined, 0];
  for (const other of list) {
    const names = alike(other);
    if (ITEM_KEYS.some((key) => names.includes(key))) return other;
    if (names.length > most) [found, most] = [other, names.length];
  }
  return found;
}

function namesOf(...all: readonly Fields[]): string[] {
  return [...new Set(all.flatMap((fields) => Object.keys(fields)))];
}

/** A value as a text that is the same for the same value, whatever the order of its fields; empty for none. */
export function written(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isFields(part) ? Object.fromEntries(sorted(part)) : part)) ?? "";
}

function sorted(fields: Fields): [string, unknown][] {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is List {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function hasLines(value: unknown): boolean {
  return isText(value) && value.includes("\n");
}
