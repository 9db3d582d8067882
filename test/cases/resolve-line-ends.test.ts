import { beforeAll, describe, expect, test } from "vitest";
import { PATHS, TEXTS, Trust } from "../e2e/three-layers.ts";

/** Where Git writes line ends of Windows to the work tree and stores line feeds, a choice changes its passage alone. */

let built: Trust;
beforeAll(async () => {
  built = (await Trust.build()).copy();
  await built.publishSpring();
});

const SETTINGS = [
  ["core.autocrlf", ["config", "core.autocrlf", "true"], null],
  ["* text=auto eol=crlf", ["config", "core.autocrlf", "false"], "* text=auto eol=crlf\n"],
] as const;

async function onWindows(config: readonly string[], attributes: string | null): Promise<Trust> {
  const trust = built.copy();
  await trust.run("grimsby", config);
  if (attributes !== null) trust.write("grimsby/.git/info/attributes", attributes);
  await trust.run("grimsby", ["rm", "-rq", "--cached", "."]);
  await trust.run("grimsby", ["reset", "-q", "--hard"]);
  expect(trust.read("grimsby", PATHS.unit)).toContain("\r\n");
  return trust;
}

const isWindows = (text: string): boolean => !/(?<!\r)\n/.test(text);

/** The text around what is to decide, and the two texts in it; the markers are Leeway's or Git's. */
const CONTESTED = /<<<<<<< [^\r]*\r\n[\s\S]*?>>>>>>> [^\r]*\r\n/;

const CHOICES = [
  [["--take", "upstream"], `${TEXTS.spring}\r\n`],
  [["--take", "local"], `${TEXTS.haven}\r\n`],
  [["--take", "both"], `${TEXTS.haven}\r\n\r\n${TEXTS.spring}\r\n`],
  [["--edit", ".git/text.md"], "Our own words.\r\nIn two lines.\r\n"],
] as const;

describe.each(SETTINGS)("under %s", (_, config, attributes) => {
  test("each choice of an update that stopped changes its passage alone, and nothing of it is committed as Windows has it", async () => {
    const stopped = await onWindows(config, attributes);
    await stopped.ok("grimsby", ["rebase"], 3);
    const before = stopped.read("grimsby", PATHS.unit);
    expect(before).toMatch(CONTESTED);
    for (const [choice, text] of CHOICES) {
      const trust = stopped.copy();
      trust.write("grimsby/.git/text.md", "Our own words.\nIn two lines.\n");
      const listed = await trust.ok("grimsby", ["resolve", "--list"]);
      expect(listed).toContain("1 of 1 decision left");
      await trust.ok("grimsby", ["resolve", ...choice]);
      expect(trust.read("grimsby", PATHS.unit)).toBe(before.replace(CONTESTED, text));
      expect(await trust.run("grimsby", ["show", `:${PATHS.unit}`])).not.toContain("\r");
      await trust.ok("grimsby", ["resolve", "--undo"], 3);
      expect(trust.read("grimsby", PATHS.unit)).toBe(before);
      await trust.ok("grimsby", ["resolve", ...choice]);
      await trust.ok("grimsby", ["rebase", "--continue"]);
      expect(trust.read("grimsby", PATHS.unit)).toBe(before.replace(CONTESTED, text));
      expect(await trust.run("grimsby", ["show", `HEAD:${PATHS.unit}`])).not.toContain("\r");
      expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    }
  });

  test("so does a hold, whose line in version.yaml is committed as Git stores it", async () => {
    const trust = await onWindows(config, attributes);
    await trust.ok("grimsby", ["rebase"], 3);
    const before = trust.read("grimsby", PATHS.unit);
    await trust.ok("grimsby", ["resolve", "--hold", "--why", "Mid-topic"]);
    expect(trust.read("grimsby", PATHS.unit)).toBe(before.replace(CONTESTED, `${TEXTS.haven}\r\n`));
    await trust.ok("grimsby", ["rebase", "--continue"]);
    const file = await trust.run("grimsby", ["show", "HEAD:versions/grimsby/version.yaml"]);
    expect([file.includes("Mid-topic"), file.includes("\r")]).toEqual([true, false]);
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  });

  test("edited by hand and continued, it is committed as Git stores it", async () => {
    const trust = await onWindows(config, attributes);
    await trust.ok("grimsby", ["rebase"], 3);
    const settled = trust.read("grimsby", PATHS.unit).replace(CONTESTED, "By hand.\r\n");
    trust.write(`grimsby/${PATHS.unit}`, settled);
    await trust.ok("grimsby", ["rebase", "--continue"]);
    expect(await trust.run("grimsby", ["show", `HEAD:${PATHS.unit}`])).toBe(
      settled.replaceAll("\r\n", "\n").trimEnd(),
    );
    expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
  });

  test("and so after a conflict that git merge left", async () => {
    const stopped = await onWindows(config, attributes);
    await stopped.git("grimsby", ["merge", "upstream/main"]);
    for (const [choice, text] of CHOICES.slice(0, 3)) {
      const trust = stopped.copy();
      await trust.ok("grimsby", ["resolve", ...choice]);
      const now = trust.read("grimsby", PATHS.unit);
      expect([isWindows(now), now.includes(`## Case study\r\n\r\n${text}\r\n`)]).toEqual([true, true]);
      expect(await trust.run("grimsby", ["show", `:${PATHS.unit}`])).not.toContain("\r");
      await trust.run("grimsby", ["commit", "-q", "--no-edit"]);
      expect(await trust.run("grimsby", ["status", "--porcelain"])).toBe("");
    }
  });
});
