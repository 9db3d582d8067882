import type { DocumentOutline } from "../../check/material.ts";
import { countWords, wordsOf } from "../../compare/words.ts";
import type { Document, Passage } from "../../curriculum/document.ts";
import { countsAsItStands, fieldWordsAtGlance, type PassageWords } from "../../drift/totals-at-glance.ts";
import { ownLeeway } from "../change/own-changes.ts";

/**
 * Every passage of a document with its words, in the order of the file. A look tells the words of most: parsing the
 * fields of a whole centre would take most of the time that its gate takes.
 */
export function outlineOf(document: Document): DocumentOutline {
  const { path, id, type, format } = document;
  const sections = format === "yaml" ? [] : sectionWords(document);
  return { path, id, type, own: ownLeeway(document), passages: [...fieldWords(document), ...sections] };
}

function fieldWords(document: Document): readonly PassageWords[] {
  if (document.yaml === null) return [];
  return fieldWordsAtGlance(document.yaml) ?? read(document.fields);
}

function sectionWords(document: Document): PassageWords[] {
  const { text, frontMatter, body } = document;
  if (!countsAsItStands(text.slice(frontMatter.length))) return read(body);
  return present(body).map((passage) => ({ key: passage.key, words: countWords(passage.text) }));
}

function read(passages: readonly Passage[]): PassageWords[] {
  return present(passages).map(({ key, normal }) => ({ key, words: wordsOf(normal).length }));
}

/** An order has no words of its own. */
function present(passages: readonly Passage[]): Passage[] {
  return passages.filter(({ kind }) => kind !== "order");
}
