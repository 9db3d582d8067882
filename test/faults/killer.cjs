/*
 * Loaded before the program through NODE_OPTIONS: counts what it does to the world (each change of a file, each
 * process that it starts) and kills it before the one of the wanted number, as a power cut would. Without a number it
 * writes down how many there were. Nothing else differs.
 */
const fs = require("node:fs");
const processes = require("node:child_process");

const at = Number(process.env.FAULT_AT);
const counter = process.env.FAULT_COUNT;
const isProgram = process.argv[1]?.endsWith("leeway.js");
const writeNow = fs.writeFileSync;
let count = 0;

function step() {
  count++;
  if (count === at) process.kill(process.pid, "SIGKILL");
}

/** What only reads leaves the disk as the step before it did, so a kill there is no other fault. */
const READS =
  /^(cat-file|rev-parse|for-each-ref|status|diff-tree|diff-index|diff|ls-files|ls-tree|ls-remote|log|rev-list|merge-base|config|var|show|check-ignore|symbolic-ref|version)$/;

/** `git config KEY VALUE` writes; everything else of it that Leeway calls reads. */
const WRITING_CONFIG = /^--(replace-all|unset-all|remove-section|add)$/;

function isWrite(name, args) {
  if (name === "open") return args[1] !== undefined && args[1] !== "r";
  if (name !== "spawn") return true;
  const given = args[1] ?? [];
  const words = given.filter((word, i, all) => !word.startsWith("-") && all[i - 1] !== "-c");
  return !READS.test(words[0] ?? "") || given.some((word) => WRITING_CONFIG.test(word));
}

function counted(holder, name) {
  const real = holder[name];
  holder[name] = function (...args) {
    if (isWrite(name, args)) step();
    return real.apply(this, args);
  };
}

if (isProgram && (at > 0 || counter)) {
  for (const name of ["rename", "rm", "link", "writeFile", "mkdir", "open", "copyFile", "symlink"])
    counted(fs.promises, name);
  counted(fs, "writeFileSync");
  counted(processes, "spawn");
  if (counter) process.on("exit", () => writeNow(counter, String(count)));
}
