import { beforeAll, expect, it } from "vitest";
import { Workshop } from "./trust.ts";

interface Impact {
  readonly versions: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly decisions: readonly {
      at: string;
      path: string;
      kind: string;
      reasons: readonly { why: string }[];
    }[];
    readonly reviews: readonly { id: string }[];
  }[];
}

interface Rebase {
  readonly outcome: string;
  readonly conflicts: readonly { at: string; path: string; kind: string }[];
  readonly adaptations: readonly { id: string; outcome: string }[];
}

const REGIONS = ["north", "south"];
const SCHOOLS = ["grimsby", "humber-bank", "solent", "thames-park"];
const UNIT = "subjects/history/units";
/** What the centre changes: where a school, a region and nobody has a text of its own. */
const EDITS = [
  [`${UNIT}/y8-trade/unit.md`, "Norwich market", "Norwich market, in two sources,"],
  [
    `${UNIT}/y7-local-study/unit.md`,
    "The worked example is King's Lynn in Norfolk.",
    "King's Lynn is the worked example.",
  ],
  [
    `${UNIT}/y7-conquest/lessons/03-domesday.md`,
    "who held every piece of land",
    "who owned every piece of land",
  ],
] as const;

const workshop = new Workshop();
const json = async <T>(folder: string, args: readonly string[]): Promise<T> => {
  const ran = await workshop.leeway(folder, [...args, "--json"]);
  if (ran.code > 1)
    throw new Error(`${folder}: ${args.join(" ")} ended with ${ran.code}\n${ran.out}${ran.err}`);
  return JSON.parse(ran.out) as T;
};

beforeAll(async () => {
  await workshop.ok(".", ["demo", "trust"]);
}, 400_000);

it("agrees with what rebase then does on every version, decision for decision", {
  timeout: 400_000,
}, async () => {
  for (const [path, find, replacement] of EDITS) workshop.replace(`trust/harbour/${path}`, find, replacement);
  await workshop.run("trust/harbour", ["commit", "-qam", "For the summer"]);
  await workshop.ok("trust/harbour", ["versions", "sync"]);
  const before = await workshop.run("trust/harbour", ["for-each-ref"]);
  const impact = await json<Impact>("trust/harbour", ["impact"]);
  expect((await workshop.leeway("trust/harbour", ["impact"])).code).toBe(1);
  expect(await workshop.run("trust/harbour", ["for-each-ref"])).toBe(before);
  expect(impact.versions.map(({ id }) => id).sort()).toEqual([...REGIONS, ...SCHOOLS].sort());

  await workshop.ok("trust/harbour", ["release", "summer", "--notes", "Summer", "--group", "all"]);
  for (const id of [...REGIONS, ...SCHOOLS]) {
    const folder = `trust/${id}`;
    await workshop.ok(folder, ["fetch"]);
    const rebase = await json<Rebase>(folder, ["rebase", "--dry-run"]);
    const foreseen = impact.versions.find((version) => version.id === id);
    const asked = (all: Rebase["conflicts"]): string[] =>
      all.map(({ at, path, kind }) => `${path} ${at} ${kind}`);
    expect(asked(foreseen?.decisions ?? []), id).toEqual(asked(rebase.conflicts));
    expect(
      foreseen?.reviews.map((each) => each.id),
      id,
    ).toEqual(rebase.adaptations.filter(({ outcome }) => outcome === "review").map((each) => each.id));
    if (!REGIONS.includes(id) || rebase.outcome === "up-to-date") continue;
    await workshop.ok(folder, ["rebase"], rebase.conflicts.length > 0 ? 3 : 0);
    for (const at of new Set(rebase.conflicts.map((conflict) => conflict.at)))
      await workshop.leeway(folder, ["resolve", at, "--take", "local"]);
    if (rebase.conflicts.length > 0) await workshop.leeway(folder, ["rebase", "--continue"]);
    await workshop.ok(folder, ["release", "summer", "--notes", "Summer", "--group", "all"]);
  }
  // The edits were chosen so that every outcome is there.
  const outcomes = new Set(impact.versions.map(({ outcome }) => outcome));
  expect([...outcomes]).toContain("decide");
  expect(impact.versions.find(({ id }) => id === "grimsby")?.decisions[0]?.reasons[0]?.why).toContain(
    "docks",
  );
});

it("refuses what is no commit, and a version that nobody is below", async () => {
  const wrong = await workshop.leeway("trust/harbour", ["impact", "nowhere"]);
  expect([wrong.code, wrong.err]).toEqual([
    2,
    expect.stringContaining("no commit, branch or edition called nowhere"),
  ]);
  const alone = await workshop.leeway("trust/grimsby", ["impact"]);
  expect([alone.code, alone.err]).toEqual([2, expect.stringContaining("leeway versions add URL")]);
});
