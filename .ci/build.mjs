// Builds dist/main.cjs: the whole program in one file, with what it takes from its libraries; their licences beside it,
// as they ask for.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { outputFiles, metafile } = await build({
  entryPoints: ["src/main.ts"],
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
  plugins: [{ name: "no-child-programs", setup: withoutChildPrograms }],
  metafile: true,
  write: false,
  outfile: "dist/main.cjs",
});
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist");
// Text of ASCII alone is read without decoding; what esbuild leaves as it is stands in patterns, where \u does as well.
const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
writeFileSync("dist/main.cjs", outputFiles[0].text.replace(/[^\0-\x7f]/g, escaped));
writeFileSync("dist/NOTICES.txt", notices(Object.keys(metafile.inputs)));

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
