import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = mkdtempSync(join(tmpdir(), "leeway-package-"));
const installed = join(root, "empty", "node_modules", "leeway");
const packed: string[] = [];
afterAll(() => rmSync(root, { recursive: true, force: true }));

const NPM = { npm_config_ignore_scripts: "true", npm_config_audit: "false", npm_config_fund: "false" };
function run(program: string, args: readonly string[], cwd: string): string {
  return execFileSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...NPM, HOME: root },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

beforeAll(() => {
  const told = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", root], process.cwd()));
  const [{ filename, files }] = Array.isArray(told) ? told : Object.values(told);
  packed.push(...files.map(({ path }: { path: string }) => path));
  mkdirSync(join(root, "empty"));
  writeFileSync(join(root, "empty", "package.json"), "{}");
  run("npm", ["install", "--offline", join(root, filename)], join(root, "empty"));
});

test("the package holds the program, its templates and the fixture of the demo, and nothing else", () => {
  const own =
    /^(LICENSE|README\.md|CHANGELOG\.md|package\.json|bin\/(leeway\.js|program\.js|package\.json))$/;
  const built = /^dist\/((main|report|simple-git|verbs\/[a-z]+)\.cjs|help\.txt|NOTICES\.txt)$/;
  const data =
    /^(templates|fixtures\/trust)\/[\w./-]+\.(md|ya?ml|json|txt|svg)$|^templates\/(ci\/githooks\/pre-commit|ci\/leeway\/install\.sh|[\w./-]*(gitattributes|gitignore))$/;
  expect(packed.filter((path) => ![own, built, data].some((pattern) => pattern.test(path)))).toEqual([]);
  for (const path of [
    "bin/leeway.js",
    "bin/program.js",
    "dist/main.cjs",
    "dist/report.cjs",
    "dist/simple-git.cjs",
    "dist/verbs/check.cjs",
    "dist/NOTICES.txt",
  ])
    expect(packed).toContain(path);
});

test("it installs into an empty folder by itself, and runs there", () => {
  const folder = join(root, "empty");
  expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "leeway",
  ]);
  const program = join(folder, "node_modules", ".bin", "leeway");
  expect(run(program, ["--version"], folder)).toMatch(/^leeway \d+\.\d+\.\d+\n$/);
  expect(run(program, ["demo", join(root, "demo")], folder)).toContain("leeway");
  expect(existsSync(join(root, "demo"))).toBe(true);
  expect(existsSync(join(installed, "node_modules"))).toBe(false);
});

test("it is built from sources with every install script left out, esbuild's among them", () => {
  const copy = join(root, "source");
  mkdirSync(copy);
  for (const name of [
    "src",
    "bin",
    ".ci",
    "templates",
    "fixtures",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ])
    cpSync(name, join(copy, name), { recursive: true });
  mkdirSync(join(copy, "node_modules"));
  for (const name of readdirSync("node_modules"))
    if (name !== "esbuild" && !name.startsWith("."))
      symlinkSync(join(process.cwd(), "node_modules", name), join(copy, "node_modules", name));
  // As npm unpacks it: the script would put the program itself in place of this launcher.
  const { version } = JSON.parse(
    run("node", ["-p", "JSON.stringify(require('esbuild/package.json'))"], process.cwd()),
  );
  const [tarball] = JSON.parse(
    run(
      "npm",
      ["pack", "--json", "--prefer-offline", "--pack-destination", root, `esbuild@${version}`],
      root,
    ),
  );
  run("tar", ["-xzf", join(root, tarball.filename), "-C", root], root);
  cpSync(join(root, "package"), join(copy, "node_modules", "esbuild"), { recursive: true });
  run("npm", ["run", "--silent", "build"], copy);
  expect(run("node", ["bin/leeway.js", "--version"], copy)).toMatch(/^leeway /);
});
