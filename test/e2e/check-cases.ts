import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { everyCheck } from "../../src/check/index.ts";
import { type Step, StorySchool } from "./story-school.ts";

/*
 * A folder a check: `case.yaml` says what is done to the school of the example trust so that the check finds something
 * (`fails`), where (`finding`), what a person does who follows the remedy, where that is more than its commands
 * (`remedy`), and what is done rightly (`passes`).
 */
const ROOT = "fixtures/check";
interface Case {
  readonly about: string;
  readonly flags?: readonly string[];
  readonly before?: readonly Step[];
  readonly fails: readonly Step[];
  readonly finding: { readonly path: string; readonly at: string | null; readonly line: string | null };
  readonly also?: readonly string[];
  readonly remedy?: readonly Step[];
  readonly passes: readonly Step[];
}
const cases = readdirSync(ROOT)
  .filter((id) => existsSync(`${ROOT}/${id}/case.yaml`))
  .map((id) => ({ id, ...(parse(readFileSync(`${ROOT}/${id}/case.yaml`, "utf8")) as Case) }));

/** The commands of a remedy, with what a person puts into its gaps. */
function commandsIn(remedy: string): string[] {
  return [...remedy.matchAll(/`((?:git|leeway|rm) [^`]+)`/g)].map(([, command = ""]) =>
    command.replace("PURPOSE", "place").replace("…", "Families here work on the docks."),
  );
}

/** Holds every check of a family to its folder. */
export function holdToCases(family: "integrity" | "leeway"): void {
  const ids = everyCheck()
    .filter((each) => each.family === family)
    .map(({ check }) => check.id);
  const own = cases.filter(({ id }) => ids.includes(id));
  let school: StorySchool;
  beforeAll(async () => {
    school = await StorySchool.build();
  });

  it("has a folder with cases for every check", () => {
    expect(own.map(({ id }) => id)).toEqual([...ids].sort());
  });

  for (const { id, about, flags = [], before = [], fails, finding, also = [], remedy, passes } of own) {
    it(`${id}: ${about}`, async () => {
      const copy = school.copy();
      await copy.do(before);
      await copy.do(fails);
      const { findings } = await copy.check(flags);
      const told = findings.filter(({ check }) => !also.includes(check));
      expect(told.map(({ check, path, at }) => ({ check, path, at }))).toEqual([
        { check: id, path: finding.path, at: finding.at },
      ]);
      const [found] = told;
      if (finding.line === null) expect(found?.line).toBeNull();
      else
        expect(copy.read("grimsby", finding.path).split("\n")[(found?.line ?? 0) - 1]).toContain(
          finding.line,
        );
      expect(found?.message).toMatch(/[.)"?]$/);

      const steps =
        remedy ??
        commandsIn(found?.remedy ?? "")
          .slice(0, 1)
          .map((run): Step => ({ run }));
      expect(steps.length).toBeGreaterThan(0);
      await copy.do(steps);
      const after = await copy.check(flags);
      expect(after.findings.filter(({ check }) => !also.includes(check))).toEqual([]);

      const other = school.copy();
      await other.do(before);
      await other.do(passes);
      expect((await other.check(flags)).findings).toEqual([]);
    });
  }
}
