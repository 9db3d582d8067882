import fc from "fast-check";
import { expect, it } from "vitest";
import { inOrder, placeBelow, walkLists } from "../../../src/trust/listed.ts";
import type { Downstream } from "../../../src/version/downstream.ts";

const entry = (id: string, name = id): Downstream => ({ id, name, layer: "school", url: `../${id}` });
type Lists = Readonly<Record<string, readonly string[]>>;

async function walk(lists: Lists) {
  const listOf = (id: string): Downstream[] => (lists[id] ?? []).map((each) => entry(each));
  return walkLists({ id: "root", home: "/root", list: listOf("root") }, async (listed) => ({
    kind: "known" as const,
    seen: listed.id,
    home: listed.url,
    list: listOf(listed.id),
  }));
}

it("goes through any lists, however they lead in circles: every entry is told once, every id is looked at once", async () => {
  const id = fc.constantFrom("root", "a", "b", "c", "d");
  const lists = fc.dictionary(id, fc.array(id, { maxLength: 5 }));
  await fc.assert(
    fc.asyncProperty(lists, async (given) => {
      const walked = await walk(given);
      const looked = walked.flatMap((each) => ("seen" in each ? [each.seen] : []));
      expect(new Set(looked).size).toBe(looked.length);
      expect(looked).not.toContain("root");
      const entries = ["root", ...looked].flatMap((each) => given[each] ?? []);
      expect(walked.length).toBe(entries.length);
      expect(inOrder("root", walked).length).toBe(walked.length);
    }),
  );
});

it("knows a region by the entry on the root's own list", async () => {
  const walked = await walk({ root: ["south", "north"], north: ["grimsby"] });
  expect(inOrder("root", walked).map(({ listed: { id, region, depth } }) => [id, region, depth])).toEqual([
    ["north", "north", 1],
    ["grimsby", "north", 2],
    ["south", "south", 1],
  ]);
});

it("puts clones below each other, and loses none that name each other as upstream", () => {
  const listed = (id: string, upstream: string) => ({
    listed: { ...entry(id), upstream, group: null, region: id, depth: 1, home: "" },
  });
  const all = [listed("a", "b"), listed("b", "a"), listed("north", "root"), listed("grimsby", "north")];
  const placed = inOrder("root", placeBelow(all, "root"));
  expect(placed.map(({ listed: { id, depth } }) => [id, depth])).toEqual([
    ["a", 1],
    ["b", 1],
    ["north", 1],
    ["grimsby", 2],
  ]);
});
