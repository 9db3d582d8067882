/*
 * Loaded before the program through NODE_OPTIONS: counts what it does to the world (each change of a file, each
 * process that it starts) and kills it before the one of the wanted number, as a power cut would. Without a number it
 * writes down how many there were. Nothing else differs.
 *
 * What leaves the disk as the step before did is no other fault, and is not counted: reading, making a folder that is
 * there, removing what is not, storing objects that nothing refers to yet. The lock is the same for every verb, and is
 * counted where FAULT_LOCK is set.
 */
const fs = require("node:fs");
const processes = require("node:child_process");

const at = Number(process.env.FAULT_AT);
const counter = process.env.FAULT_COUNT;
const isProgram = process.argv[1]?.endsWith("leeway.js");
const { existsSync, writeFileSync } = fs;
let count = 0;

function step() {
  count++;
  if (count === at) process.kill(process.pid, "SIGKILL");
}

const READS =
  /^(cat-file|rev-parse|for-each-ref|status|diff-tree|diff-index|diff|ls-files|ls-tree|ls-remote|log|rev-list|merge-base|config|var|show|check-ignore|symbolic-ref|version)$/;
/** `git config KEY VALUE` as Leeway calls it; everything else of it reads. */
const WRITING_CONFIG = /^--(replace-all|unset-all|remove-section|add)$/;
const STORES_OBJECTS = /^(unpack-objects|index-pack|commit-tree|mktag|hash-object|merge-tree)$/;

function runsNothingNew(args) {
  const given = args[1] ?? [];
  const word = given.find((each, i, all) => !each.startsWith("-") && all[i - 1] !== "-c") ?? "";
  if (given.some((each) => WRITING_CONFIG.test(each))) return false;
  return READS.test(word) || STORES_OBJECTS.test(word) || Boolean(args[2]?.env?.GIT_INDEX_FILE);
}

function changesNothing(name, args) {
  if (name === "spawn") return runsNothingNew(args);
  const paths = args.filter((each) => typeof each === "string");
  if (!process.env.FAULT_LOCK && paths.some((path) => /\/leeway\/lock(\.|$)/.test(path))) return true;
  if (name === "open") return args[1] === undefined || args[1] === "r";
  if (name === "mkdir") return existsSync(args[0]);
  return name === "rm" && !existsSync(args[0]);
}

function counted(holder, name) {
  const real = holder[name];
  holder[name] = function (...args) {
    if (!changesNothing(name, args)) step();
    return real.apply(this, args);
  };
}

if (isProgram && (at > 0 || counter)) {
  for (const name of ["rename", "rm", "link", "writeFile", "mkdir", "open", "copyFile", "symlink"])
    counted(fs.promises, name);
  counted(fs, "writeFileSync");
  counted(processes, "spawn");
  if (counter) process.on("exit", () => writeFileSync(counter, String(count)));
}
