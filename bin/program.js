const { readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const DAY = 24 * 60 * 60 * 1000;
const DIST = join(__dirname, "..", "dist");

/** Runs a command line with the built program; what Git has to tell first is asked while the rest is loaded. */
exports.runProgram = async (argv, io) => {
  const [verb = "--help"] = argv;
  // V8 of Node 22 has other thresholds, and tells on stderr of a flag that it does not know.
  if (verb !== "--help" && process.version.startsWith("v20.")) {
    // Most verbs end before optimised code pays for the work, and Node waits for that work at the end: with seven times
    // V8's own threshold `diff` takes a fifth less processor time, and verbs that run for seconds take as long.
    require("node:v8").setFlagsFromString("--interrupt-budget=500000");
  }
  const look = load("look.cjs", "look", require);
  const ahead = look.exports["src/version/look.ts"].lookAhead(argv, io.cwd);
  // One turn of the event loop, so that Git is at work while the program is loaded.
  if (ahead) await new Promise((turned) => setImmediate(turned));
  const beside = (name) => (name === "./look.cjs" ? look.exports : require(join(DIST, name)));
  const main = load("main.cjs", verb, (name) => (name.startsWith("./") ? beside(name) : require(name)));
  const code = await main.exports.run(argv, io, ahead);
  process.exitCode = code;
  // A mistyped verb leaves nothing behind, and help runs little of its verb.
  if (code < 2 && !argv.some((word) => word === "--help" || word === "-h"))
    for (const { keepCompiled } of [main, look]) keepCompiled();
};

/**
 * Loads one built file. V8's compiled code of what a verb runs is kept beside it, since compiling takes longer than most
 * verbs do; where it cannot be kept, or another Node made it, the file is compiled as ever. It is kept anew after a day,
 * with what was run since.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
function load(name, verb, requireFrom) {
  const path = join(DIST, name);
  // V8 tells one source from another by its length alone, so the name tells the build too.
  const { mtimeMs, size } = statSync(path);
  const kept = `${path}.${verb}-${size}-${Math.round(mtimeMs)}-${process.version}-${process.arch}`;
  let cachedData;
  let isOld = false;
  if (/^-{0,2}[a-z-]+$/.test(verb)) {
    try {
      cachedData = readFileSync(kept);
      isOld = Date.now() - statSync(kept).mtimeMs > DAY;
    } catch {}
  }
  const wrapped = `(function(exports,require,module,__filename,__dirname){${readFileSync(path, "latin1")}\n})`;
  const script = new Script(wrapped, { filename: path, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireFrom, module, path, dirname(path));
  return {
    exports: module.exports,
    keepCompiled() {
      if (cachedData && !script.cachedDataRejected && !isOld) return;
      try {
        writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
        renameSync(`${kept}.${process.pid}`, kept);
      } catch {
        // Leeway is installed where this user cannot write: it starts a little slower, and works.
      }
    },
  };
}
