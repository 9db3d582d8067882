#!/usr/bin/env node
// CommonJS (see package.json beside this file): asking for the version starts no module loader.
const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  process.stdout.write(`leeway ${require("../package.json").version}\n`);
} else {
  const { run, keepCompiled } = require("./program.js").loadProgram(first);
  const { env, stdout } = process;
  const io = { cwd: process.cwd(), env, stdout };
  // Opening a stream takes as long as reading most verbs' arguments, and few verbs ask or complain.
  for (const name of ["stdin", "stderr"])
    Object.defineProperty(io, name, { get: () => process[name], enumerable: true });
  run(process.argv.slice(2), io).then((code) => {
    process.exitCode = code;
    if (code < 2) keepCompiled();
  });
}
