import type { Part } from "./compose-parts.ts";

const BOM = "\uFEFF";

/**
 * Puts the wanted parts that only the source has where they belong among `kept`: after what they stand after
 * in the source, with the frames that they need.
 */
export function insertParts(
  kept: readonly Part[],
  source: readonly Part[],
  keys: ReadonlySet<string>,
): Part[] {
  const isWanted = (part: Part) =>
    (part.key === null ? part.shared : [part.key]).some((key) => keys.has(key));
  let parts = [...kept];
  const names = new Set(parts.map((part) => part.name));
  source.forEach((part, place) => {
    if (!isWanted(part) || names.has(part.name)) return;
    if (part.region === "fields") {
      parts = openField(part, parts, source);
      for (const { name } of parts) names.add(name);
    }
    parts.splice(placeFor(part, place, parts, source), 0, part);
    names.add(part.name);
  });
  return parts;
}

/** Drops what opens a list that has no items left, and the lines of front matter that has no fields left. */
export function dropEmptyFrames(
  parts: readonly Part[],
  source: readonly Part[],
  before: readonly Part[],
): Part[] {
  const filled = new Set(parts.filter((part) => !isFrame(part)).map((part) => part.group));
  const kept = parts.filter((part) => !(part.region === "fields" && isFrame(part)) || filled.has(part.group));
  const hasFields = (all: readonly Part[]) => all.some((part) => part.region === "fields");
  const hasFences = source.some((part) => part.name === "---");
  if (hasFields(kept) || !hasFields(before) || hasFences) return kept;
  return kept.flatMap((part) => {
    if (part.name === "---" && part.text.replace(BOM, "").trim() === "---") {
      return part.text.startsWith(BOM) ? [{ ...part, text: BOM }] : [];
    }
    return part.name === "---+1" ? [{ ...part, text: part.text.replace(/^[^\n]*\n?/, "") }] : [part];
  });
}

/** What a field needs before it can stand here: front matter, the line that opens its list, no second form of it. */
function openField(part: Part, parts: Part[], source: readonly Part[]): Part[] {
  const isItem = part.name !== part.group;
  const opener = `${part.group}:`;
  const withFences = openFrontMatter(parts, source);
  // A field is a list with keys, or a value, or a list in brackets; never two of them.
  const rivals = withFences.filter(
    (other) => other.group === part.group && (isItem ? other.name === part.group : other.name !== part.name),
  );
  const open = withFences.filter((other) => !rivals.includes(other));
  if (!isItem || open.some((other) => other.name === opener)) return open;
  const place = source.findIndex((other) => other.name === opener);
  const frame = source[place];
  if (frame !== undefined) open.splice(placeFor(frame, place, open, source), 0, frame);
  return open;
}

function openFrontMatter(parts: Part[], source: readonly Part[]): Part[] {
  const open = source.find((part) => part.name === "---");
  const close = source.find((part) => part.name === "---+1");
  if (open === undefined || close === undefined || parts.some((part) => part.name === "---"))
    return [...parts];
  const hasBom = parts[0]?.text.startsWith(BOM) ?? false;
  // The blank lines that the file began with stand below the front matter now.
  const body = parts.map((part, at): Part => {
    const text = hasBom && at === 0 ? part.text.slice(1) : part.text;
    return { ...part, text, region: part.region === "head" ? "between" : part.region };
  });
  return [{ ...open, text: (hasBom ? BOM : "") + open.text.replace(BOM, "") }, close, ...body];
}

function placeFor(part: Part, place: number, parts: readonly Part[], source: readonly Part[]): number {
  const at =
    part.region === "fields" ? fieldPlace(part, place, parts, source) : bodyPlace(part, place, parts, source);
  if (at !== null) return at;
  const isBody = part.region === "body";
  const isAbove = (other: Part) =>
    other.region === "head" ||
    (isBody && (other.region !== "body" || (other.key === "#" && part.key !== "#")));
  return parts.findLastIndex(isAbove) + 1;
}

/** Items go after the item (or the opening line) before them, fields after the whole of the field before them. */
function fieldPlace(
  part: Part,
  place: number,
  parts: readonly Part[],
  source: readonly Part[],
): number | null {
  const isItem = part.name.startsWith(`${part.group}.`);
  for (let before = place - 1; before >= 0; before--) {
    const neighbour = source[before];
    if (neighbour?.region !== "fields") continue;
    const isSameList = neighbour.group === part.group;
    if (isItem !== isSameList) continue;
    const at = parts.findLastIndex((other) =>
      isItem ? other.name === neighbour.name : other.group === neighbour.group,
    );
    if (at >= 0) return at + 1;
  }
  return null;
}

/**
 * A section goes after the slice before it in the source; where that is the last of its passage, after the last
 * of the passage here, and after sections below it that only the target has.
 */
function bodyPlace(
  part: Part,
  place: number,
  parts: readonly Part[],
  source: readonly Part[],
): number | null {
  const known = new Set(source.map((other) => other.name));
  const above = source[place - 1];
  if (above !== undefined && !parts.includes(above)) {
    // What it continued after is not coming along; it stays with the rest of its passage.
    const own = parts.findLastIndex((other) => other.key === part.key);
    if (own >= 0) return own + 1;
  }
  for (let before = place - 1; before >= 0; before--) {
    const neighbour = source[before];
    if (neighbour?.region !== "body") break;
    const isLast = !source.some((other, later) => later > before && other.key === neighbour.key);
    let at = isLast
      ? parts.findLastIndex((other) => other.key === neighbour.key)
      : parts.findIndex((other) => other.name === neighbour.name);
    if (at < 0) continue;
    for (let next = parts[at + 1]; isLast && next !== undefined; next = parts[at + 1]) {
      if (known.has(next.name) || next.region !== "body" || next.depth <= part.depth) break;
      at++;
    }
    return at + 1;
  }
  return null;
}

function isFrame(part: Part): boolean {
  return part.key === null && part.shared.length === 0;
}
