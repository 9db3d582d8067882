import { findFrontMatter } from "../curriculum/front-matter.ts";
import { cutFields } from "./cut-fields.ts";
import { cutYaml } from "./cut-yaml.ts";
import type { Unit } from "./unit.ts";

/** Cuts the front matter of Markdown into its two lines and the fields between; none where there is none. */
export function cutFrontMatter(text: string): Unit[] {
  const front = frontMatter(text);
  if (front === null) return [];
  const close = fenceLine(text, front.bodyEnd, front.end);
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(front.end, front.end + 1000))?.[0] ?? "";
  return [
    fenceLine(text, 0, front.body),
    ...front.cut(text, front.body, front.bodyEnd),
    { ...close, tail: close.tail + blank },
  ];
}

/** Where front matter stands, between lines `---` (YAML) or `+++` (TOML), and what cuts it. */
function frontMatter(
  text: string,
): { body: number; bodyEnd: number; end: number; cut: typeof cutYaml } | null {
  const from = text.startsWith("\uFEFF") ? 1 : 0;
  const front = findFrontMatter(text, from);
  if ("open" in front) return { ...front, cut: cutYaml };
  const opening = /^\+\+\+[ \t]*\r?\n/.exec(text.slice(from, from + 1000));
  if (opening === null) return null;
  const body = from + opening[0].length;
  const closing = /^\+\+\+[ \t]*(?:\r?\n|$)/gm;
  closing.lastIndex = body;
  const found = closing.exec(text);
  return found && { body, bodyEnd: found.index, end: found.index + found[0].length, cut: cutFields };
}

function fenceLine(text: string, start: number, end: number): Unit {
  const line = text.slice(start, end);
  const body = line.replace(/\r?\n$/, "");
  return {
    kind: "line",
    text: body,
    tail: line.slice(body.length),
    key: `line ${body.trim()}`,
    name: body.trim(),
    start,
  };
}
