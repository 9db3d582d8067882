// Builds what runs: dist/main.cjs, the whole program, and dist/report.cjs, the page of a trust and what draws it, which no
// other verb has to read. With what they take from their libraries; their licences beside them, as they ask for, and the
// text of the help.
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

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
const main = await build({
  ...common,
  entryPoints: ["src/main.ts"],
  plugins: [
    { name: "no-child-programs", setup: withoutChildPrograms },
    { name: "page-apart", setup: withThePageApart },
  ],
});
const page = await build({ ...common, entryPoints: ["src/report/html/page.tsx"] });
write("main.cjs", main);
write("report.cjs", page);
const inputs = [main, page].flatMap(({ metafile }) => Object.keys(metafile.inputs));
writeFileSync("dist/NOTICES.txt", notices(inputs));
writeFileSync("dist/help.txt", await help());

/** The help of Leeway as a whole, which is asked for most often by those who wait least. */
async function help() {
  const { run } = createRequire(import.meta.url)("../dist/main.cjs");
  const stdout = new PassThrough({ encoding: "utf8" });
  await run(["--help"], { cwd: ".", env: {}, stdin: null, stdout, stderr: stdout });
  return stdout.read();
}

/** Text of ASCII alone is read without decoding; what esbuild leaves as it is stands in patterns, where \u does as well. */
function write(name, { outputFiles: [file] }) {
  const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(`dist/${name}`, file.text.replace(/[^\0-\x7f]/g, escaped));
}

/** Whoever imports the page gets the bundle of its own, which lies beside this one. */
function withThePageApart(building) {
  building.onResolve({ filter: /\/report\/html\/page\.tsx$/ }, () => ({ path: "./report.cjs", external: true }));
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
