import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly devDependencies?: Record<string, string>;
}
const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync("package-lock.json", "utf8"));

/** Everything is bundled: whoever installs Leeway installs nothing else. */
test("Leeway depends on nothing once it is built", () => {
  const kinds = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"];
  expect(kinds.filter((kind) => kind in manifest)).toEqual([]);
  const scripts = ["preinstall", "install", "postinstall"];
  expect(scripts.filter((name) => name in manifest.scripts)).toEqual([]);
});

test("what Leeway is built with is pinned exactly, and the lock file agrees", () => {
  const pins: Record<string, string> = manifest.devDependencies;
  const loose = Object.entries(pins).filter(([, version]) => !/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version));
  expect(loose).toEqual([]);
  expect(lock.packages[""]?.devDependencies).toEqual(pins);
  const locked = Object.keys(pins).map((name) => [name, lock.packages[`node_modules/${name}`]?.version]);
  expect(locked).toEqual(Object.entries(pins));
});

test("every package in the lock file comes from the registry, at one version and with a hash", () => {
  const strays = Object.entries(lock.packages).filter(
    ([path, { version, resolved, integrity, optional }]) =>
      path !== "" &&
      (version === undefined ||
        (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")) ||
        // npm writes no hash for the programs of systems other than the one that the lock file was made on.
        (integrity === undefined ? !optional : !integrity.startsWith("sha512-"))),
  );
  expect(strays.map(([path]) => path)).toEqual([]);
});

test("one install script alone is in reach, esbuild's, and building does without it", () => {
  const scripts = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  expect(scripts.map(([path]) => path)).toEqual(["node_modules/esbuild"]);
});
