import { dataAtGlance } from "./data-at-glance.ts";
import { lineAt, lineStarts } from "./lines.ts";
import { parseYaml, yamlValues } from "./parse-yaml.ts";

/** The data of a whole YAML file, or what is wrong with it, in words and with its line. */
export function readYamlFile(text: string): { data: unknown } | { line: number; fault: string } {
  const data = dataAtGlance(text);
  if (data !== null) return { data };
  const parsed = parseYaml(text);
  if ("fault" in parsed) return { line: lineAt(lineStarts(text), parsed.at), fault: parsed.fault };
  const read = yamlValues(parsed.document);
  return "fault" in read ? { line: 1, fault: read.fault } : { data: read.values };
}
