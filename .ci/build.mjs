// Builds what runs: dist/main.cjs, the whole program; in dist/verbs/ the same for one verb alone; and beside them what few
// have to read: dist/report.cjs, the page of a trust and what draws it, and dist/simple-git.cjs, which talks to remotes. With
// what they take from their libraries; their licences beside them, as they ask for, and the text of the help.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PassThrough } from "node:stream";
import { build } from "esbuild";

const common = {
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20.19",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  define: { "import.meta.dirname": "__dirname" },
  // An import() becomes a function call: what a verb does not need is not run.
  supported: { "dynamic-import": false },
  alias: {
    entities: "./src/curriculum/no-entities.ts",
    // Colour is decided in src/cli/session.ts.
    "#supports-color": "./node_modules/chalk/source/vendor/supports-color/browser.js",
  },
  metafile: true,
  write: false,
};

/** Whoever imports one of these gets the bundle of its own, which lies beside the program. */
const APART = {
  "report.cjs": { imported: /\/report\/html\/page\.tsx$/, entry: "src/report/html/page.tsx" },
  "simple-git.cjs": { imported: /^simple-git$/, entry: "simple-git" },
};

/** What people and CI wait for most often: without the other verbs a program is half as long, and read in half the time. */
const WAITED_FOR = ["adapt", "check", "diff", "drift", "rebase", "resolve", "save", "status"];

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/verbs", { recursive: true });
const main = await program([]);
write("main.cjs", main, asFunction);
const apart = [];
for (const [name, { entry }] of Object.entries(APART)) {
  apart.push(await build({ ...common, entryPoints: [entry] }));
  write(name, apart.at(-1));
}
for (const verb of WAITED_FOR) write(`verbs/${verb}.cjs`, await program([onlyWith(verb)]), asFunction);
const inputs = [main, ...apart].flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync("dist/NOTICES.txt", notices(inputs));
writeFileSync("dist/help.txt", await help());

function program(plugins) {
  return build({
    ...common,
    entryPoints: ["src/main.ts"],
    plugins: [
      { name: "no-child-programs", setup: withoutChildPrograms },
      { name: "apart", setup: withSomeApart },
      ...plugins,
    ],
  });
}

/** The help of Leeway as a whole, which is asked for most often by those who wait least. */
async function help() {
  const { run } = createRequire(import.meta.url)("../bin/program.js").load("help");
  const stdout = new PassThrough({ encoding: "utf8" });
  await run(["--help"], { cwd: ".", env: {}, stdin: null, stdout, stderr: stdout });
  return stdout.read();
}

/** Text of ASCII alone is read without decoding; what esbuild leaves as it is stands in patterns, where \u does as well. */
function write(name, { outputFiles: [file] }, wrapped = (text) => text) {
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(`dist/${name}`, wrapped(file.text.replace(/[^\0-\x7f]/g, escaped)));
}

/** As Node wraps what it requires; bin/program.js would have to copy a program to do so. */
function asFunction(text) {
  return `(function(exports,require,module,__filename,__dirname){${text}\n})`;
}

/** What the other verbs run is left out. */
function onlyWith(verb) {
  const setup = (building) =>
    building.onResolve({ filter: /\/commands\/[a-z-]+\.ts$/ }, ({ kind, path }) =>
      kind === "dynamic-import" && !path.endsWith(`/${verb}.ts`) ? { path, external: true } : undefined,
    );
  return { name: "one-verb", setup };
}

function withSomeApart(building) {
  for (const [name, { imported }] of Object.entries(APART))
    building.onResolve({ filter: imported }, () => ({ path: `./${name}`, external: true }));
}

/** Commander can run subcommands that are programs of their own. Leeway has none, and help need not load what runs them. */
function withoutChildPrograms(building) {
  building.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    /[\\/]commander[\\/]/.test(importer) ? { path: "none", namespace: "none" } : undefined,
  );
  building.onLoad({ filter: /.*/, namespace: "none" }, () => ({ contents: "" }));
}

function notices(inputs) {
  const folders = inputs.flatMap((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : `Licence: ${license}`;
      return `${name} ${version}\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}
