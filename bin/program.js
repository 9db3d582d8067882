const { createRequire } = require("node:module");
const { readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const PROGRAM = join(__dirname, "..", "dist", "main.cjs");

/**
 * Loads the built program. V8's compiled code of what a verb runs is kept beside it, since compiling takes longer
 * than most verbs do; where it cannot be kept, or another Node made it, the program is compiled as ever.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
exports.loadProgram = (verb = "--help") => {
  if (verb !== "--help") {
    // Most verbs end before optimised code pays for the work, and Node waits for that work at the end: with seven times
    // V8's own threshold `diff` takes a fifth less processor time, and verbs that run for seconds take as long.
    require("node:v8").setFlagsFromString("--interrupt-budget=500000");
  }
  // V8 tells one source from another by its length alone, so the name tells the build too.
  const { mtimeMs, size } = statSync(PROGRAM);
  const kept = `${PROGRAM}.${verb}-${size}-${Math.round(mtimeMs)}-${process.version}-${process.arch}`;
  let cachedData;
  if (/^-{0,2}[a-z-]+$/.test(verb)) {
    try {
      cachedData = readFileSync(kept);
    } catch {}
  }
  const wrapped = `(function(exports,require,module,__filename,__dirname){${readFileSync(PROGRAM, "latin1")}\n})`;
  const script = new Script(wrapped, { filename: PROGRAM, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(PROGRAM), module, PROGRAM, dirname(PROGRAM));
  return {
    run: module.exports.run,
    /** Called after a verb that is known, so that a mistyped one leaves nothing behind. */
    keepCompiled() {
      if (cachedData && !script.cachedDataRejected) return;
      try {
        writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
        renameSync(`${kept}.${process.pid}`, kept);
      } catch {
        // Leeway is installed where this user cannot write: it starts a little slower, and works.
      }
    },
  };
};
