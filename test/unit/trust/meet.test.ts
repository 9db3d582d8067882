import { expect, it } from "vitest";
import type { TreeChange } from "../../../src/git/raw-diff.ts";
import { mayMeet } from "../../../src/version/rebase/meet.ts";

const change = (status: TreeChange["status"], path: string, from?: string): TreeChange => ({
  status,
  path,
  ...(from === undefined ? {} : { from }),
  oldMode: "100644",
  newMode: "100644",
  oldOid: "a",
  newOid: "b",
});
const side = (...changes: TreeChange[]) => ({ changes, renames: false });

it("tells where a merge cannot leave anything to decide", () => {
  const here = side(change("M", "a.md"), change("M", "b.md"));
  expect(mayMeet(here, side(change("M", "c.md")))).toBe(false);
  expect(mayMeet(here, side(change("A", "c.md"), change("D", "d.md")))).toBe(false);
  expect(mayMeet(here, side(change("M", "b.md")))).toBe(true);
  expect(mayMeet(here, side(change("R", "new/b.md", "b.md")))).toBe(true);
  expect(mayMeet(side(change("A", "x.md")), side(change("A", "y.md")))).toBe(true);
  expect(mayMeet({ ...here, renames: true }, side(change("A", "y.md")))).toBe(true);
  expect(mayMeet(side(), side(change("A", "y.md")))).toBe(false);
});
