import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { insideRoot, namesDevice, pathFault } from "../../src/files/guard.ts";
import { exists, kindOf, listFolder, readFile, readLinkAware, readText } from "../../src/files/read.ts";
import { remove, withTemporary } from "../../src/files/temporary.ts";
import { copyFolder, walkFolder } from "../../src/files/walk.ts";
import { writeAtomic } from "../../src/files/write.ts";
import { folder } from "./folder.ts";

describe("reading", () => {
  test("null for what is not there, an error for what cannot be read", async () => {
    const at = folder();
    expect(await readFile(join(at, "x"))).toBeNull();
    expect(await listFolder(join(at, "x"))).toBeNull();
    writeFileSync(join(at, "été.md"), "ü");
    expect(await readText(join(at, "été.md"))).toBe("ü");
    expect(await readText(join(at, "été.md/below"))).toBeNull();
    await expect(readFile(at)).rejects.toMatchObject({ kind: "environment", where: at });
    symlinkSync("nowhere", join(at, "link"));
    expect(await exists(join(at, "link"))).toBe(true);
    expect(await kindOf(join(at, "link"))).toBe("link");
    expect(await listFolder(at)).toEqual([
      { name: "link", kind: "link" },
      { name: "été.md", kind: "file" },
    ]);
  });

  test("never through a link", async () => {
    const at = folder();
    const outside = folder();
    writeFileSync(join(outside, "secret"), "s");
    symlinkSync(outside, join(at, "door"));
    symlinkSync(join(outside, "secret"), join(at, "window"));
    await expect(readLinkAware(at, "door/secret")).rejects.toThrow("leads through a link");
    expect(await readLinkAware(at, "window")).toEqual({
      kind: "link",
      executable: false,
      bytes: Buffer.from(join(outside, "secret")),
    });
    expect(await readLinkAware(at, "no/such")).toBeNull();
  });
});

describe("the guard", () => {
  test.each([
    "../x",
    "a/../x",
    "/etc/passwd",
    "C:/x",
    "c:x",
    "a\\..\\..\\x",
    "\\\\host\\x",
    "",
    "a//b",
    "a/",
    "./a",
    "a\0b",
    ".git",
    ".GIT/config",
    "a/.git/hooks/x",
    "git~1/x",
    "GIT~1",
    ".git./x",
    ".git  /x",
    ".git::$INDEX_ALLOCATION/x",
    ".g\u200cit/config",
    "\ufeff.git",
    ".git\\config",
  ])("refuses %j", async (path) => {
    expect(pathFault(path)).not.toBeNull();
    await expect(insideRoot("/tmp", path)).rejects.toMatchObject({ kind: "usage" });
  });

  test.each([
    "a.md",
    ".gitignore",
    "a/.gitattributes",
    "..a",
    "a..b/c",
    "-x",
    "é/🚢\n.md",
    "git/x",
    ".github/x.yml",
  ])("lets %j pass", async (path) => {
    expect(pathFault(path)).toBeNull();
    expect(await insideRoot("/tmp/root", path)).toBe(`/tmp/root/${path}`);
  });

  test("knows the names of devices", () => {
    expect([namesDevice("a/NUL.md"), namesDevice("con"), namesDevice("console/x")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("writing", () => {
  test("makes folders, keeps the mode, leaves nothing beside", async () => {
    const at = folder();
    const path = join(at, "deep/er/run.sh");
    await writeAtomic(path, "1");
    chmodSync(path, 0o755);
    await writeAtomic(path, Buffer.from([0, 13, 10, 255]));
    expect(readFileSync(path)).toEqual(Buffer.from([0, 13, 10, 255]));
    expect(statSync(path).mode & 0o777).toBe(0o755);
    expect(readdirSync(join(at, "deep/er"))).toEqual(["run.sh"]);
  });

  test("replaces a link rather than what it leads to, and fails in words", async () => {
    const at = folder();
    writeFileSync(join(at, "target"), "t");
    symlinkSync("target", join(at, "link"));
    await writeAtomic(join(at, "link"), "new");
    expect([readFileSync(join(at, "target"), "utf8"), await kindOf(join(at, "link"))]).toEqual(["t", "file"]);
    mkdirSync(join(at, "taken/x"), { recursive: true });
    await expect(writeAtomic(join(at, "taken"), "x")).rejects.toMatchObject({ kind: "environment" });
    expect(readdirSync(at).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("temporary folders go, whatever happens", async () => {
    const at = folder();
    let seen = "";
    await expect(
      withTemporary(at, async (path) => {
        seen = path;
        writeFileSync(join(path, "x"), "x");
        throw new Error("stop");
      }),
    ).rejects.toThrow("stop");
    expect([seen.startsWith(at), readdirSync(at)]).toEqual([true, []]);
    await remove(seen);
  });

  test("what a killed program left goes a day later, and nothing else", async () => {
    const at = folder();
    const old = new Date(Date.now() - 25 * 60 * 60 * 1000);
    for (const name of ["leeway-left", "leeway-at-work", "lessons"]) {
      mkdirSync(join(at, name));
      writeFileSync(join(at, name, "x"), "x");
      if (name !== "leeway-at-work") utimesSync(join(at, name), old, old);
    }
    const during = await withTemporary(at, async () => readdirSync(at));
    expect(during.length).toBe(3);
    expect(readdirSync(at)).toEqual(["leeway-at-work", "lessons"]);
  });
});

test("copying a folder keeps bytes, modes and links, renames, leaves out, writes over nothing", async () => {
  const from = folder();
  mkdirSync(join(from, "sub/.git"), { recursive: true });
  writeFileSync(join(from, "sub/.git/x"), "");
  writeFileSync(join(from, "sub/a b.md"), "a\r\n");
  writeFileSync(join(from, "_gitignore"), "x");
  writeFileSync(join(from, "run"), "#!", { mode: 0o755 });
  symlinkSync("run", join(from, "link"));
  expect((await walkFolder(from)).map(({ path }) => path)).toEqual([
    "_gitignore",
    "link",
    "run",
    "sub/a b.md",
  ]);
  const to = join(folder(), "copy");
  const rename = (path: string) => (path === "run" ? null : path.replace("_git", ".git"));
  expect(await copyFolder(from, to, rename)).toEqual([".gitignore", "link", "sub/a b.md"]);
  expect(readFileSync(join(to, "sub/a b.md"), "utf8")).toBe("a\r\n");
  expect(await kindOf(join(to, "link"))).toBe("link");
  await expect(copyFolder(from, to)).rejects.toMatchObject({ kind: "usage" });
  await expect(copyFolder(join(from, "none"), to)).rejects.toThrow("does not exist");
});
