import {
  Document,
  type DocumentOptions,
  type ParseOptions,
  parseAllDocuments,
  parseDocument,
  type SchemaOptions,
} from "yaml";
import { dataAtGlance } from "./data-at-glance.ts";
import { isTooDeep } from "./yaml-depth.ts";
import { findRepeat, placeOfFault, wordsForAlias, wordsForFault } from "./yaml-faults.ts";

/** What is wrong with a text as YAML, in words, and at which offset. */
export interface YamlFault {
  readonly at: number;
  readonly fault: string;
}

const TOO_DEEP = "it is nested too deeply to be read";

const OPTIONS: ParseOptions & DocumentOptions & SchemaOptions = {
  prettyErrors: false,
  // Warnings quote the text, and would reach the terminal as they are.
  logLevel: "error",
  // Keys are checked for repeats below: the parser compares each with each, which takes a minute for 50,000.
  uniqueKeys: false,
};

/** So many uses of anchors may unfold; far more is a file made to fill the memory. */
const MOST_ALIASES = 100;

/** Parses one YAML document whose keys are unique. Never throws. */
export function parseYaml(
  text: string,
  options: { readonly keepSourceTokens?: boolean } = {},
): { readonly document: Document } | YamlFault {
  if (isTooDeep(text)) return { at: 0, fault: TOO_DEEP };
  try {
    const document = parseDocument(text, { ...OPTIONS, ...options });
    const error = document.errors[0];
    if (error !== undefined) return { at: placeOfFault(text, error), fault: wordsForFault(error) };
    return findRepeat(document.contents) ?? { document };
  } catch {
    return { at: 0, fault: TOO_DEEP };
  }
}

/** The plain values of a document, or why it has none. Never throws. */
export function yamlValues(document: Document): { readonly values: unknown } | { readonly fault: string } {
  try {
    return { values: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    return { fault: error instanceof ReferenceError ? wordsForAlias(error.message) : TOO_DEEP };
  }
}

/** The plain values of every document of a text; null where one of them has none. Never throws. */
export function allYamlValues(text: string): unknown[] | null {
  const glance = dataAtGlance(text);
  if (glance !== null) return [glance];
  if (isTooDeep(text)) return null;
  try {
    const found: unknown[] = [];
    for (const document of [parseAllDocuments(text, OPTIONS)].flat()) {
      if (!(document instanceof Document) || document.errors.length > 0 || findRepeat(document.contents))
        return null;
      found.push(document.toJS({ maxAliasCount: MOST_ALIASES }));
    }
    return found;
  } catch {
    return null;
  }
}
