import { describe, expect, it } from "vitest";
import { carryRecords, type Landing } from "../../../src/adaptation/carry.ts";
import { explain } from "../../../src/adaptation/explain.ts";
import { looksLikePupilData } from "../../../src/adaptation/privacy.ts";
import { proposeKind } from "../../../src/adaptation/propose.ts";
import type { AdaptationRecord, RecordFile } from "../../../src/adaptation/record.ts";
import { newRecord, recordPath, renewRecords } from "../../../src/adaptation/write.ts";

const A = "n1:aaaaaaaaaaaaaaaa";
const B = "n1:bbbbbbbbbbbbbbbb";
const C = "n1:cccccccccccccccc";
const D = "n1:dddddddddddddddd";

function file(passages: AdaptationRecord["passages"], more: Partial<AdaptationRecord> = {}): RecordFile {
  const record: AdaptationRecord = {
    id: "grimsby/docks",
    title: "Docks",
    kind: "replace",
    for: ["place"],
    why: "Families work on the docks.",
    passages,
    status: "active",
    upstream: "not-needed",
    ...more,
  };
  return { path: recordPath(record.id), text: "", record };
}
const bound = { at: "y8-trade#case-study", base: A, local: B };
const landing = (after: Landing["after"], more: Partial<Landing> = {}): Landing => ({
  id: "y8-trade",
  before: [{ at: bound.at, baseHash: A, localHash: B }],
  after,
  follows: false,
  conflicts: [],
  now: (at) => at,
  hashOf: () => B,
  ...more,
});

describe("explaining a change", () => {
  const change = { at: bound.at, baseHash: A, localHash: B };
  it("asks for the very pair", () => {
    expect(explain(change, [file([bound])]).state).toBe("explained");
    expect(explain({ ...change, localHash: C }, [file([bound])]).state).toBe("renew");
    expect(explain(change, [file([{ at: bound.at }])]).state).toBe("pending");
    expect(explain(change, []).state).toBe("none");
  });
  it("takes no draft and no retired record for a reason", () => {
    expect(explain(change, [file([bound], { status: "draft" })]).state).toBe("none");
    expect(explain(change, [file([bound], { status: "retired" })]).state).toBe("none");
    expect(explain(change, [file([bound], { status: "trial" })]).state).toBe("explained");
  });
  it("finds a renamed heading by its pair, in its own document only", () => {
    expect(explain({ ...change, at: "y8-trade#the-landing" }, [file([bound])]).state).toBe("explained");
    expect(explain({ ...change, at: "y9-industry#case-study" }, [file([bound])]).state).toBe("none");
  });
  it("explains each passage of a document that was added as a whole", () => {
    const whole = { at: "y4-fort", baseHash: null, localHash: D };
    const record = file([{ at: "y4-fort", base: null, local: D }]);
    expect(explain({ at: "y4-fort#starter", baseHash: null, localHash: C, whole }, [record]).state).toBe(
      "explained",
    );
    expect(
      explain({ at: "y4-fort#starter", baseHash: null, localHash: C, whole: { ...whole, localHash: C } }, [
        record,
      ]).state,
    ).toBe("renew");
  });
});

describe("carrying records onto a new base", () => {
  it("leaves alone what upstream did not touch", () => {
    expect(carryRecords([file([bound])], [], "spring")).toMatchObject([{ outcome: "carried", record: null }]);
  });
  it("asks for a second look where the text beneath changed", () => {
    const [carried] = carryRecords(
      [file([bound])],
      [landing([{ at: bound.at, baseHash: C, localHash: D }])],
      "spring",
    );
    expect(carried?.outcome).toBe("review");
    expect(carried?.record?.passages).toEqual([
      { at: bound.at, base: C, local: D, review: { since: "spring", was: A } },
    ]);
  });
  it("asks for none where a person has just decided", () => {
    const after = [{ at: bound.at, baseHash: C, localHash: B }];
    const decided = { all: new Set([bound.at]), wholly: new Set([bound.at]) };
    const [carried] = carryRecords([file([bound])], [landing(after)], "spring", decided);
    expect(carried).toMatchObject({ outcome: "carried", record: { passages: [{ base: C, local: B }] } });
    expect(carried?.record?.passages[0]?.review).toBeUndefined();
  });
  it("retires what upstream says as well now", () => {
    const [carried] = carryRecords([file([bound])], [landing([])], "spring");
    expect(carried).toMatchObject({
      outcome: "redundant",
      redundant: [bound.at],
      record: { status: "retired", upstream: "taken: spring" },
    });
  });
  it("retires what made way for another text of upstream's, and does not call it taken", () => {
    const decided = { all: new Set([bound.at]), wholly: new Set<string>() };
    for (const hash of [C, null]) {
      const [carried] = carryRecords(
        [file([bound])],
        [landing([], { hashOf: () => hash })],
        "spring",
        decided,
      );
      expect(carried).toMatchObject({
        outcome: "replaced",
        replaced: [bound.at],
        redundant: [],
        record: { status: "retired", upstream: "not-needed" },
      });
    }
    const same = carryRecords([file([bound])], [landing([])], "spring", decided);
    expect(same).toMatchObject([{ outcome: "redundant", record: { upstream: "taken: spring" } }]);
  });
  it("binds the reason of a new document to what differs where upstream has one of its id now", () => {
    const whole = { at: "y8-trade", base: null, local: D };
    const before = [{ at: whole.at, baseHash: null, localHash: D }];
    const after = [{ at: bound.at, baseHash: A, localHash: B }];
    expect(carryRecords([file([whole])], [landing(after, { before })], "spring")).toMatchObject([
      { outcome: "carried", record: { status: "active", passages: [bound] }, renamed: [] },
    ]);
  });
  it("asks for no second look at a passage whose document upstream has removed", () => {
    const after = [
      { at: "y8-trade", baseHash: null, localHash: D },
      { at: bound.at, baseHash: null, localHash: B },
    ];
    const [carried] = carryRecords([file([bound])], [landing(after)], "spring");
    expect(carried?.record?.passages).toEqual([{ at: bound.at, base: null, local: B }]);
  });
  it("waits where a decision is open, on the passage or on its document", () => {
    for (const at of [bound.at, "y8-trade"]) {
      const [carried] = carryRecords([file([bound])], [landing([], { conflicts: [at] })], "spring");
      expect(carried).toMatchObject({ outcome: "conflict", record: null });
    }
  });
  it("follows a renamed heading", () => {
    const after = [{ at: "y8-trade#the-case", baseHash: A, localHash: B }];
    const [carried] = carryRecords([file([bound])], [landing(after)], "spring");
    expect(carried).toMatchObject({
      outcome: "carried",
      record: { passages: [{ at: "y8-trade#the-case", base: A, local: B }] },
    });
  });
  it("explains nothing that nobody had explained", () => {
    const stale = file([{ ...bound, local: D }]);
    const after = [{ at: bound.at, baseHash: C, localHash: B }];
    expect(carryRecords([stale], [landing(after)], "spring")).toMatchObject([
      { outcome: "carried", record: null },
    ]);
  });
});

describe("writing records", () => {
  const said = {
    why: "Because.",
    for: ["place"] as const,
    kind: "correct" as const,
    title: "Éire & the Haven's docks!",
  };
  it("names a record for its title and numbers twins", () => {
    const first = newRecord({ version: "grimsby", said, bound: [bound], taken: new Set() });
    expect(first.id).toBe("grimsby/eire-the-haven-s-docks");
    expect(newRecord({ version: "grimsby", said, bound: [bound], taken: new Set([first.id]) }).id).toBe(
      `${first.id}-2`,
    );
  });
  it("offers a correction upstream", () => {
    expect(newRecord({ version: "grimsby", said, bound: [], taken: new Set() }).upstream).toBe("offer");
    expect(
      newRecord({ version: "grimsby", said: { ...said, kind: "replace" }, bound: [], taken: new Set() })
        .upstream,
    ).toBe("not-needed");
  });
  it("keeps one pair in all records that share a passage, and settles the second look", () => {
    const mine = file([{ ...bound, review: { since: "spring", was: A } }]);
    const other = file([bound], { id: "grimsby/eal" });
    const renewed = renewRecords(
      [mine, other],
      [{ ...bound, local: C }],
      { why: "Still so." },
      new Set([mine]),
    );
    expect(renewed.map(({ record }) => record.passages)).toEqual([
      [{ ...bound, local: C }],
      [{ ...bound, local: C }],
    ]);
    expect(renewed.map(({ record }) => record.why)).toEqual(["Still so.", other.record.why]);
  });
});

describe("the kind that a diff suggests", () => {
  const change = { key: "#a", base: "x", local: "y", words: { added: 1, removed: 1 } };
  it.each([
    [{ ...change }, "replace"],
    [{ ...change, base: null }, "add"],
    [{ ...change, local: null }, "remove"],
    [{ ...change, words: { added: 3, removed: 0 } }, "add"],
    [{ ...change, words: { added: 0, removed: 3 } }, "remove"],
    [{ ...change, key: "@sequence!order" }, "reorder"],
    [{ ...change, key: "@minutes" }, "retime"],
  ])("%o", (input, kind) => expect(proposeKind([input])).toBe(kind));
  it("is replace where several things were done", () => {
    expect(
      proposeKind([
        { ...change, base: null },
        { ...change, local: null },
      ]),
    ).toBe("replace");
  });
});

describe("data about a pupil", () => {
  it.each([
    "H801200001001",
    "ask j.smith@school.example",
    "call 01472 311234",
    "born 3 May 2012",
    "a pupil called Amy",
    "her EHCP says so",
    "Amy Baker in 5B finds it hard",
  ])("is seen in %s", (text) => expect(looksLikePupilData(text)).not.toBeNull());
  it.each([
    "Pupils' families work on the docks.",
    "47 % of pupils are entitled to pupil premium",
    "Born of the wool trade, the port grew",
    "In 1348 and 1349",
    "Grimsby Haven in Year 8 comes before the Black Death",
  ])("is not seen in %s", (text) => expect(looksLikePupilData(text)).toBeNull());
});
