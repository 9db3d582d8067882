// Builds dist/main.cjs: the whole program in one file, with what it takes from its libraries, and dist/report.cjs: the
// page of a trust and what draws it, which no other verb has to read. The libraries' licences lie beside them, as they
// ask for.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const SHARED = {
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
  metafile: true,
  write: false,
};
const PAGE = "src/report/html/page.tsx";

const main = await build({
  ...SHARED,
  entryPoints: ["src/main.ts"],
  alias: {
    entities: "./src/curriculum/no-entities.ts",
    // Colour is decided in src/cli/session.ts.
    "#supports-color": "./node_modules/chalk/source/vendor/supports-color/browser.js",
  },
  plugins: [
    { name: "no-child-programs", setup: withoutChildPrograms },
    { name: "page-apart", setup: withThePageApart },
  ],
  outfile: "dist/main.cjs",
});
const page = await build({ ...SHARED, entryPoints: [PAGE], outfile: "dist/report.cjs" });
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
// Text of ASCII alone is read without decoding; what esbuild leaves as it is stands in patterns, where \u does as well.
const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
writeFileSync("dist/main.cjs", main.outputFiles[0].text.replace(/[^\0-\x7f]/g, escaped));
writeFileSync("dist/report.cjs", page.outputFiles[0].text);
writeFileSync(
  "dist/NOTICES.txt",
  notices([main, page].flatMap(({ metafile }) => Object.keys(metafile.inputs))),
);

/** Whoever imports the page gets the other bundle, which lies beside this one. */
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
