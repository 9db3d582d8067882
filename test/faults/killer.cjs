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

function counted(holder, name) {
  const real = holder[name];
  holder[name] = function (...args) {
    step();
    return real.apply(this, args);
  };
}

if (isProgram && at > 0) {
  for (const name of ["rename", "rm", "link", "writeFile", "mkdir", "open", "copyFile", "symlink"])
    counted(fs.promises, name);
  counted(fs, "writeFileSync");
  counted(processes, "spawn");
}
