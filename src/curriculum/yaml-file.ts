import { parseDocument } from "yaml";
import { wordsForAlias, wordsForFault } from "./yaml-faults.ts";

/** The data of a whole YAML file, or what is wrong with it, in words and with its line. */
export function readYamlFile(text: string): { data: unknown } | { line: number; fault: string } {
  const document = parseDocument(text, { prettyErrors: true });
  const [error] = document.errors;
  if (error) return { line: error.linePos?.[0].line ?? 1, fault: wordsForFault(error) };
  try {
    return { data: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    if (error instanceof ReferenceError) return { line: 1, fault: wordsForAlias(error.message) };
    throw error;
  }
}
