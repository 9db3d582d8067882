import { expect, it } from "vitest";
import { readPublished } from "../../../src/trust/published-drift.ts";

const VERSION = {
  id: "grimsby",
  name: "Harbour Academy Grimsby",
  layer: "school",
  against: "north",
  base: { commit: "a".repeat(40), edition: "2026-27-autumn" },
  target: { commit: "b".repeat(40), edition: "2026-27-spring" },
  status: "decision-needed",
  behind: { passages: 7, words: 95, of: 21510, editions: 1, oldest: "2027-01-12T09:00:00Z", held: 0 },
  diverged: { passages: 3, words: 106, of: 21430, order: 0.1, structure: 0.1 },
  undeclared: { passages: 1, words: 8, of: 21430 },
  breaches: { count: 0, passages: [] },
  contested: { conflicts: 1, reviews: 0, passages: ["y8-trade#case-study"] },
  worst: [{ at: "y8-trade#case-study", words: 52, why: "Docks case study" }],
};
type Version = typeof VERSION;

const textOf = (version: object): string =>
  JSON.stringify({ schema: "leeway/drift/1", metric: 1, versions: [version] });
const read = (version: object) => readPublished(textOf(version), "grimsby.json")[0];

/** What a version with nothing to do published, but for what is said here. */
function same(change: { readonly [F in keyof Version]?: Partial<Version[F]> }): object {
  const nothing = { passages: 0, words: 0, of: 21430 };
  return {
    ...VERSION,
    status: "same",
    behind: { ...nothing, editions: 0, oldest: null, held: 0, ...change.behind },
    diverged: { ...nothing, order: 0, structure: 0, ...change.diverged },
    undeclared: { ...nothing, ...change.undeclared },
    breaches: VERSION.breaches,
    contested: { conflicts: 0, reviews: 0, passages: [] },
    worst: change.worst ?? [],
  };
}

it("takes what drift --json prints, with a mark of the byte order before it too", () => {
  expect(read(VERSION)).toMatchObject({ kind: "measured", drift: { id: "grimsby" } });
  expect(read(same({}))).toMatchObject({ kind: "measured", drift: { status: "same" } });
  expect(readPublished(`\uFEFF${textOf(VERSION)}`, "grimsby.json")[0]).toMatchObject({ kind: "measured" });
});

it("leaves out numbers that no measuring gives", () => {
  const { behind, diverged, undeclared } = VERSION;
  for (const [version, why] of [
    [same({ diverged: { words: 50 } }), /words or an order without a passage/],
    [same({ diverged: { order: 1 } }), /words or an order without a passage/],
    [same({ diverged: { structure: 0.5 } }), /words or an order without a passage/],
    [same({ behind: { words: 50 } }), /words or an order without a passage/],
    [same({ undeclared: { of: 7 } }), /parts of another whole/],
    [{ ...VERSION, undeclared: { ...undeclared, passages: 0 } }, /words or an order without a passage/],
    [same({ behind: { editions: 3 } }), /editions wait/],
    [same({ behind: { oldest: "2027-01-12T09:00:00Z" } }), /editions wait/],
    [{ ...VERSION, behind: { ...behind, oldest: "not a day" } }, /behind\.oldest: expected a date/],
    [{ ...VERSION, behind: { ...behind, words: -1 } }, /behind\.words: expected a whole number, 0 or more/],
    [{ ...VERSION, behind: { ...behind, words: 1.5 } }, /behind\.words: expected a whole number, 0 or more/],
    [{ ...VERSION, diverged: { ...diverged, order: 1.5 } }, /diverged\.order: expected a share from 0 to 1/],
    [{ ...VERSION, worst: [{ at: "x", words: 107, why: null }] }, /more words changed than there are/],
  ] as const)
    expect(read(version)).toMatchObject({ kind: "left-out", why: expect.stringMatching(why) });
});
