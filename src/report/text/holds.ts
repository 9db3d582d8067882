import type { Hold } from "../../version/version-file.ts";
import { longDate, quoted, unended } from "../wording.ts";
import type { Page } from "./page.ts";

/** An upstream change that is not taken: where, until when, and why. */
export function writeHold(page: Page, { at, until, why }: Hold): void {
  const end = until === undefined ? "until you take it" : `until ${longDate(until)}`;
  page.text([{ text: quoted(at), ink: "address" }, `  ${end}: ${unended(why)}`], 2, 4, true);
}

/** A hold that has ended: until when it was to hold, and why. */
export function writeEndedHold(page: Page, { at, until, why }: Hold): void {
  const end = until === undefined ? "was held" : `was to be held until ${longDate(until)}`;
  page.text([{ text: quoted(at), ink: "address" }, `  ${end}: ${unended(why)}`], 2, 4, true);
}
