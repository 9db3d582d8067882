const { closeSync, openSync, readSync, renameSync, statSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");

const DAY = 24 * 60 * 60 * 1000;
/** Verbs that look at a whole trust. */
const MANY = ["drift", "impact", "report"];
const DIST = join(__dirname, "..", "dist");

/** Runs a command line with the built program. */
exports.runProgram = async (argv, io) => {
  // V8 of Node 22 has other thresholds, and tells on stderr of a flag that it does not know.
  if (process.version.startsWith("v20.")) {
    // Node's own modules lie in it as compiled with its own flags: under others each is compiled anew, which takes 2 to 6 ms.
    for (const name of ["child_process", "crypto", "os", "process", "tty"]) require(`node:${name}`);
    const { setFlagsFromString } = require("node:v8");
    // Most verbs end before optimised code pays for the work, and Node waits for that work at the end: with seven times
    // V8's own threshold `diff` takes a fifth less processor time. Verbs that run for seconds share one core with Git:
    // with twice that, `drift --all` takes a thirtieth less processor time.
    setFlagsFromString("--interrupt-budget=1000000");
    // V8 lets memory grow to up to four times of what is needed before it looks for what is not: half a gigabyte for a
    // thousand versions. Twice as much takes two thirds of the room; where versions are looked at by the thousand, less
    // than that costs no time either.
    setFlagsFromString(`--heap-growing-percent=${MANY.includes(argv[0]) ? 60 : 100}`);
    // Threads that help to sort young memory take Git's turn: without, two halves of one core did the first `check --all`
    // with a tenth less processor time, and no verb took longer.
    setFlagsFromString("--no-parallel-scavenge");
    // Young memory that does not grow stays in the processor's cache, and nothing is touched for the first time for its
    // sake: the first `check --all` takes an eighth less, the second a quarter, `drift --all` a fifth less room. Hundreds
    // of merges in a row would take a twelfth longer.
    if (argv[0] !== "merge-file") setFlagsFromString("--semi-space-growth-factor=1");
  }
  const { run, keepCompiled } = load(argv[0] ?? "--help");
  const code = await run(argv, io);
  process.exitCode = code;
  if (code >= 2) return;
  // A mistyped verb leaves nothing behind, and help runs little of its verb.
  if (!argv.some((word) => word === "--help" || word === "-h")) keepCompiled();
  // All is done. Node would take its memory apart piece by piece, and wait for a Git that is ending anyway. Only what was
  // said beside the answer may still be on its way: on some systems pipes take their time.
  const { value: stderr } = Object.getOwnPropertyDescriptor(io, "stderr");
  if (!stderr?.writableLength) process.exit();
};

/**
 * Loads the built program, or what of it one verb needs. V8's compiled code of what a verb runs is kept beside it, since
 * compiling takes longer than most verbs do; where it cannot be kept, or another Node made it, the program is compiled as
 * ever. It is kept anew after a day, with what was run since.
 * https://nodejs.org/docs/latest-v20.x/api/vm.html#scriptcreatecacheddata
 */
function load(verb) {
  const isWord = /^-{0,2}[a-z-]+$/.test(verb);
  const alone = join(DIST, "verbs", `${verb}.cjs`);
  const own = isWord ? statSync(alone, { throwIfNoEntry: false }) : undefined;
  const file = own ? alone : join(DIST, "main.cjs");
  // V8 tells one source from another by its length alone, so the name tells the build too.
  const { mtimeMs, size } = own ?? statSync(file);
  const kept = `${file}.${verb}-${size}-${Math.round(mtimeMs)}-${process.version}-${process.arch}`;
  const known = isWord ? statSync(kept, { throwIfNoEntry: false }) : undefined;
  // The text is read into memory that its compiled code takes next: to touch new memory takes longer than to read.
  const memory = Buffer.allocUnsafeSlow(Math.max(size, known?.size ?? 0));
  const text = read(file, memory.subarray(0, size)).toString("latin1");
  let cachedData;
  try {
    if (known) cachedData = read(kept, memory.subarray(0, known.size));
  } catch {
    // Another user keeps it, and nobody else may read it.
  }
  const script = new Script(text, { filename: file, cachedData });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(join(DIST, "main.cjs")), module, file, DIST);
  return {
    run: module.exports.run,
    keepCompiled() {
      if (cachedData && !script.cachedDataRejected && Date.now() - known.mtimeMs < DAY) return;
      try {
        writeFileSync(`${kept}.${process.pid}`, script.createCachedData());
        renameSync(`${kept}.${process.pid}`, kept);
      } catch {
        // Leeway is installed where this user cannot write: it starts a little slower, and works.
      }
    },
  };
}

/** Fills memory with the beginning of a file; what was filled. */
function read(file, memory) {
  const descriptor = openSync(file);
  try {
    let length = 0;
    for (let more = 1; more > 0 && length < memory.length; length += more)
      more = readSync(descriptor, memory, length, memory.length - length);
    return memory.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

exports.load = load;
