import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { BIN, Workshop } from "./trust.ts";

const BASE = "# Trade\n\nThe guild set the price. It met every week.\n\nStrangers paid a toll.\n";
const OURS = BASE.replace("every week", "every Tuesday");
const THEIRS = BASE.replace("set the price", "set the price of cloth");
const CLASH = BASE.replace("every week", "every month");

const workshop = new Workshop();
/** Not a repository, nor in one. */
const folder = workshop.at("files");
mkdirSync(folder);
const write = (files: Record<string, string | Buffer>): void => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
};
const leeway = (...args: string[]) => workshop.leeway("files", ["merge-file", ...args]);
const read = (name: string): string => readFileSync(join(folder, name), "utf8");

write({ "ours.md": OURS, "base.md": BASE, "theirs.md": THEIRS, "clash.md": CLASH });

describe("merge-file", () => {
  it("merges what Git leaves open, outside of any repository, onto standard output", async () => {
    expect((await workshop.git("files", ["merge-file", "-p", "ours.md", "base.md", "theirs.md"])).code).toBe(
      1,
    );
    const ran = await leeway("-p", "ours.md", "base.md", "theirs.md");
    expect(ran).toMatchObject({
      code: 0,
      out: OURS.replace("set the price", "set the price of cloth"),
    });
    expect(read("ours.md")).toBe(OURS);
  });

  it("ends with the number of conflicts, under the labels that were given", async () => {
    const ran = await leeway(
      "-p",
      "-L",
      "Grimsby",
      "-L",
      "edition 1",
      "-L",
      "edition 2",
      "ours.md",
      "base.md",
      "clash.md",
    );
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("<<<<<<< Grimsby (ours.md#trade)\n");
    expect(ran.out).toContain("||||||| edition 1\n");
    expect(ran.out).toContain(">>>>>>> edition 2\n");
    const longer = await leeway("-p", "--marker-size", "11", "ours.md", "base.md", "clash.md");
    expect(longer.out).toContain(`\n${"=".repeat(11)}\n`);
  });

  it("writes into OURS unless told otherwise, and takes the first suggestions when asked", async () => {
    write({ "mine.md": OURS });
    expect((await leeway("--suggested", "mine.md", "base.md", "clash.md")).code).toBe(0);
    expect(read("mine.md")).toBe(OURS);
  });

  it("tells conflicts with reasons and suggestions as data", async () => {
    const ran = await leeway("--json", "ours.md", "base.md", "clash.md");
    const report = JSON.parse(ran.out);
    expect(report).toMatchObject({
      schema: "leeway/merge/1",
      clean: false,
      conflicts: [{ kind: "edited-edited" }],
    });
    expect(report.conflicts[0].suggestions[0]).toMatchObject({ rule: "What ours.md has." });
    expect(JSON.parse((await leeway("--json", "ours.md", "base.md", "theirs.md")).out).rules).toEqual([
      { at: "#trade", rule: "different sentences of a paragraph" },
    ]);
  });

  it("merges a list, each with its exit code, and goes on where one cannot be merged", async () => {
    mkdirSync(join(folder, "out"), { recursive: true });
    write({
      "bytes.md": Buffer.from([0x23, 0x20, 0xe9, 0x0a]),
      "nul.md": Buffer.from("a\0b\n"),
      list: [
        "one\tours.md\tbase.md\ttheirs.md\tout/one.md",
        "two\tours.md\tbase.md\tclash.md\tout/two.md",
        "three\tnul.md\tbase.md\tclash.md\tout/three.md",
        "four\tbytes.md\tbase.md\tbase.md\tout/four.md",
        "five\tbytes.md\tbase.md\tclash.md\tout/five.md",
        "",
      ].join("\n"),
    });
    const ran = await leeway("--batch", "list");
    expect(ran.err).toContain("This file is not text, and cannot be merged: nul.md");
    expect(["one", "two", "three", "four", "five"].map((name) => read(`out/${name}.md.code`))).toEqual([
      "0\n",
      "1\n",
      "255\n",
      "0\n",
      "1\n",
    ]);
    expect(readFileSync(join(folder, "out/four.md"))).toEqual(Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    expect(readFileSync(join(folder, "out/five.md")).includes(0xe9)).toBe(true);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "leaves nothing where it worked when told to stop by %s",
    async (signal) => {
      mkdirSync(join(folder, signal));
      const long = Array.from({ length: 3_000 }, (_, at) => `Step ${at}: measure, and say why.\n\n`).join("");
      write({ "long.md": long, "left.md": `${long}a\n`, "right.md": `${long}b\n` });
      const list = Array.from(
        { length: 60 },
        (_, at) => `${at}\tleft.md\tlong.md\tright.md\t${signal}.${at}\n`,
      );
      write({ many: list.join("") });
      const child = spawn(process.execPath, [BIN, "merge-file", "--batch", "many"], {
        cwd: folder,
        env: { ...process.env, TMPDIR: join(folder, signal) },
        stdio: "ignore",
      });
      const ended = once(child, "exit");
      while (readdirSync(join(folder, signal)).length === 0) await setTimeout(5);
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(readdirSync(join(folder, signal))).toEqual([]);
    },
  );

  it("fails as git merge-file does: with a code of 128 or more", async () => {
    const codes = await Promise.all([
      leeway("-p", "ours.md", "base.md", "absent.md"),
      leeway("ours.md"),
      leeway("--batch", "absent"),
      leeway("--no-such-flag"),
    ]);
    for (const { code, err } of codes) {
      expect(code).toBeGreaterThanOrEqual(128);
      expect(err).not.toBe("");
    }
    expect(codes[2].err).toBe("leeway: There is no such list: absent\n");
  });

  it("is not in the short help", async () => {
    expect((await workshop.leeway("files", ["--help"])).out).not.toContain("merge-file");
  });
});
