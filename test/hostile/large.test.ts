import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { SACK, School } from "../e2e/school.ts";
import { BIN } from "../e2e/trust.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

describe("large files end in time and memory in proportion", () => {
  const MB = 2 ** 20;
  const manyLines = (side: string, size: number): string =>
    `# ${side}\n\n${"A lesson of wool.\n".repeat(Math.ceil(size / 18))}`;
  const oneLine = (side: string, size: number): string => `${side} ${"x ".repeat(size / 2)}\n`;

  /** Runs a verb within so much memory that a copy too many of the text would end it. */
  function within(school: HostileSchool, args: readonly string[]): void {
    const ran = spawnSync(process.execPath, ["--max-old-space-size=2048", BIN, ...args], {
      cwd: school.at("grimsby"),
      env: { ...process.env, HOME: school.at("home") },
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: 150_000,
    });
    expect(ran.signal, args.join(" ")).toBe(null);
    expect([0, 1, 2, 3, 4], ran.stderr.slice(0, 500)).toContain(ran.status);
  }

  test.each([
    ["50 MB of lines", manyLines, 50 * MB, [["rebase", "--dry-run"]]],
    [
      "a line of 2 MB",
      oneLine,
      2 * MB,
      [["status"], ["diff", "--incoming", "--stat"], ["rebase", "--dry-run"]],
    ],
  ] as const)(
    "%s",
    async (_, text, size, verbs) => {
      const school = await HostileSchool.from(built);
      await school.publish("north", [{ at: SACK.split("/"), bytes: text("theirs", size) }]);
      await school.ok("grimsby", ["fetch"]);
      school.write(`grimsby/${SACK}`, text("ours", size));
      await school.run("grimsby", ["commit", "-qam", "Ours"]);
      for (const args of verbs) within(school, args);
    },
    180_000,
  );
});
