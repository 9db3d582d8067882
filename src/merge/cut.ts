import { isYamlPath } from "../curriculum/conventions.ts";
import { cutMarkdown } from "./cut-markdown.ts";
import { cutYaml } from "./cut-yaml.ts";
import type { Cut } from "./unit.ts";

/**
 * Cuts a file into units by what it is; joined with their tails, they are the file again.
 * @param like other versions of it: the more they have alike, the quicker it goes
 */
export function cut(path: string, text: string, ...like: readonly Cut[]): Cut {
  const same = like.find((other) => other.text === text);
  if (same) return same;
  return { text, units: isYamlPath(path) ? cutYaml(text, 0, text.length) : cutMarkdown(text, like) };
}
