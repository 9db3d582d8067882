import type { YAMLSeq } from "yaml";

/** Where an item of a block list begins: its own lines with the comments above, and its dash. */
export interface ItemPlace {
  readonly start: number;
  readonly at: number;
}

/**
 * Where the items of a list stand. `dashes` is null where they share lines (a list in brackets);
 * offsets are into `body`, `keyEnd` is the end of the field's name.
 */
export function listLayout(
  list: YAMLSeq,
  body: string,
  keyEnd: number,
): { dashes: readonly ItemPlace[] | null } {
  if (list.flow) return { dashes: null };
  const dashes: ItemPlace[] = [];
  const tokens = (list.srcToken as { items?: readonly CstItem[] } | undefined)?.items ?? [];
  let floor = keyEnd;
  for (const [at, item] of list.items.entries()) {
    const dash = dashOffset(tokens[at]);
    const start = dash === null ? null : ownStart(body, dash, floor);
    if (dash === null || start === null) return { dashes: null };
    dashes.push({ start, at: dash });
    floor = (item as { range?: readonly number[] }).range?.[1] ?? dash;
  }
  return { dashes };
}

/**
 * The start of the lines that belong to what stands at `at`: its own line and the comment lines directly
 * above that are not indented deeper, down to `floor`. Null where something else stands on its line.
 */
export function ownStart(body: string, at: number, floor: number): number | null {
  let start = lineStart(body, at);
  if (start < floor && body.slice(start, floor).trim() !== "") return null;
  if (!/^(?:\uFEFF|[ \t]|\? )*(?:[&!]\S*[ \t]+)*$/.test(body.slice(start, at))) return null;
  const indent = at - start;
  while (start > floor) {
    const above = lineStart(body, start - 1);
    const line = body.slice(above, start);
    const dent = line.search(/\S/);
    if (above < floor || dent < 0 || dent > indent || line[dent] !== "#") break;
    start = above;
  }
  return start;
}

interface CstItem {
  readonly start?: readonly { readonly type: string; readonly offset: number }[];
}

function dashOffset(item: CstItem | undefined): number | null {
  return item?.start?.find((token) => token.type === "seq-item-ind")?.offset ?? null;
}

function lineStart(body: string, at: number): number {
  return at <= 0 ? 0 : body.lastIndexOf("\n", at - 1) + 1;
}
