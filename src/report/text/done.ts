import type { DoneReport } from "../kinds/done.ts";
import type { Page } from "./page.ts";

/** What a writing verb did, and how to take it back. */
export function doneText({ did, undo, next }: DoneReport, page: Page): void {
  for (const line of did) {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    page.text(line.trimStart(), indent, indent + 2, true);
  }
  if (undo !== null) page.text(["To take it back: ", { text: undo, ink: "command", solid: true }]);
  page.next(next);
}
