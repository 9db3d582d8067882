import type { Format } from "../curriculum/document.ts";
import { normaliseMarkdown } from "../curriculum/normal.ts";
import { normaliseYaml } from "../curriculum/normal-yaml.ts";

/** Text in the normal form n1 of design §7; passages have theirs as `Passage.normal`. */
export function normalise(text: string, format: Format): string {
  return format === "yaml" ? normaliseYaml(text) : normaliseMarkdown(text);
}
