import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { lockHolder, withLock } from "../../src/files/lock.ts";
import { folder } from "./folder.ts";

// Node 20 runs no TypeScript, so the other process gets the code through esbuild.
const bundle = async () => {
  const { build } = await import("esbuild");
  const outfile = join(folder(), "lock.mjs");
  const entry = resolve(import.meta.dirname, "../../src/files/lock.ts");
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "error",
  });
  return outfile;
};

function node(code: string): {
  pid: number;
  said: (text: string) => Promise<void>;
  done: Promise<string>;
  kill: () => void;
} {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  const done = new Promise<string>((end) => child.on("close", () => end(out)));
  const said = async (text: string) => {
    while (!out.includes(text)) await new Promise((wait) => setTimeout(wait, 5));
  };
  return { pid: child.pid ?? 0, said, done, kill: () => child.kill("SIGKILL") };
}

test("is held during the work only, also when the work fails", async () => {
  const path = join(folder(), "deep/lock");
  await expect(
    withLock(path, { verb: "save" }, async () => {
      expect(await lockHolder(path)).toMatchObject({ pid: process.pid, verb: "save", host: hostname() });
      throw new Error("stop");
    }),
  ).rejects.toThrow("stop");
  expect(await lockHolder(path)).toBeNull();
  expect(readdirSync(join(path, ".."))).toEqual([]);
});

test("another process that holds it is named; after a kill it is taken over", async () => {
  const path = join(folder(), "lock");
  const code = await bundle();
  const other = node(`
    import { withLock } from ${JSON.stringify(code)};
    await withLock(${JSON.stringify(path)}, { verb: "rebase" }, async () => {
      console.log("held");
      await new Promise((end) => setTimeout(end, 60_000));
    });`);
  await other.said("held");
  await expect(withLock(path, { verb: "save" }, async () => 1)).rejects.toMatchObject({
    kind: "environment",
    message: expect.stringMatching(
      new RegExp(`Another Leeway is at work here: rebase, process ${other.pid}, since 20`),
    ),
  });
  other.kill();
  await other.done;
  expect(existsSync(path)).toBe(true);
  expect(await withLock(path, { verb: "save" }, async () => "mine")).toBe("mine");
  expect(existsSync(path)).toBe(false);
});

test("of many processes that find a stale lock one at a time gets it", async () => {
  const at = folder();
  const path = join(at, "lock");
  const counter = join(at, "counter");
  const code = await bundle();
  const dead = node("");
  await dead.done;
  const stale = { pid: dead.pid, host: hostname(), verb: "old", since: new Date(0).toISOString() };
  writeFileSync(path, JSON.stringify(stale));
  writeFileSync(counter, "0");
  const others = Array.from({ length: 6 }, () =>
    node(`
      import { readFileSync, writeFileSync } from "node:fs";
      import { withLock } from ${JSON.stringify(code)};
      for (let won = 0; won < 5; ) {
        try {
          await withLock(${JSON.stringify(path)}, { verb: "count" }, async () => {
            const seen = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
            await new Promise((end) => setTimeout(end, 3));
            writeFileSync(${JSON.stringify(counter)}, String(seen + 1));
          });
          won++;
        } catch (error) {
          if (error.name !== "Failure") { console.log(error); break; }
          await new Promise((end) => setTimeout(end, 2));
        }
      }`),
  );
  expect(await Promise.all(others.map(({ done }) => done))).toEqual(Array(6).fill(""));
  expect(readFileSync(counter, "utf8")).toBe("30");
  expect(readdirSync(at).sort()).toEqual(["counter"]);
}, 20_000);

test("a lock of another computer, or one that cannot be read, counts", async () => {
  const path = join(folder(), "lock");
  writeFileSync(path, JSON.stringify({ pid: 1, host: "elsewhere", verb: "fetch", since: "2026" }));
  await expect(withLock(path, { verb: "x" }, async () => 1)).rejects.toThrow("process 1 on elsewhere");
  writeFileSync(path, "?");
  await expect(withLock(path, { verb: "x" }, async () => 1)).rejects.toMatchObject({
    next: expect.arrayContaining([expect.stringContaining(path)]),
  });
});
