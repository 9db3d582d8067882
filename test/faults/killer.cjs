/*
 * Loaded before the program through NODE_OPTIONS: counts what it does to the world (each change of a file, each
 * process that it starts) and kills it before the one of the wanted number, as a power cut would. Nothing else differs.
 */
const fs = require("node:fs");
const processes = require("node:child_process");

const at = Number(process.env.FAULT_AT);
const isProgram = process.argv[1]?.endsWith("leeway.js");
let count = 0;

function step() {
  count++;
  if (count === at) process.kill(process.pid, "SIGKILL");
}

/** What only reads leaves the disk as the step before it did, so a kill there is no other fault. */
const READS =
  /^(cat-file|rev-parse|for-each-ref|status|diff-tree|diff-index|diff|ls-files|ls-tree|log|rev-list|merge-base|config|var|show|check-ignore|symbolic-ref|version)$/;

function isWrite(name, args) {
  if (name === "open") return args[1] !== undefined && args[1] !== "r";
  if (name !== "spawn") return true;
  const words = (args[1] ?? []).filter((word, i, all) => !word.startsWith("-") && all[i - 1] !== "-c");
  return !READS.test(words[0] ?? "");
}

function counted(holder, name) {
  const real = holder[name];
  holder[name] = function (...args) {
    if (isWrite(name, args)) step();
    return real.apply(this, args);
  };
}

if (isProgram && at > 0) {
  for (const name of ["rename", "rm", "link", "writeFile", "mkdir", "open", "copyFile", "symlink"])
    counted(fs.promises, name);
  counted(fs, "writeFileSync");
  counted(processes, "spawn");
}
