import { type DocumentFacts, factsOf } from "../../check/facts.ts";
import { type FoundAlone, findAlone } from "../../check/index.ts";
import type { DocumentOutline } from "../../check/material.ts";
import type { Document } from "../../curriculum/document.ts";
import { outlineOf } from "./outline.ts";

/** Something that is worked out from a document alone, as plain data. */
export interface Gleaning<T> {
  /** Its name, with the number of its form. */
  readonly name: string;
  make(document: Document): T;
}

/** What documents say of themselves and of each other. */
export const FACTS: Gleaning<DocumentFacts> = { name: "facts-5", make: factsOf };
export const OUTLINE: Gleaning<DocumentOutline> = { name: "outline-4", make: outlineOf };
/** All that a centre is asked for, in one look: to parse a document takes most of the time. */
export const WHOLE: Gleaning<{ facts: DocumentFacts; alone: FoundAlone[]; outline: DocumentOutline }> = {
  name: "whole-3",
  make: (document) => ({
    facts: factsOf(document),
    alone: findAlone(document),
    outline: outlineOf(document),
  }),
};
