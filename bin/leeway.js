#!/usr/bin/env node
// CommonJS (see package.json beside this file): asking for the version starts no module loader.
const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  process.stdout.write(`leeway ${require("../package.json").version}\n`);
} else {
  const { run, keepCompiled } = require("./program.js").loadProgram(first);
  // Opening standard input takes longer than reading most verbs' arguments; few verbs ask anybody.
  const lazily = { get: () => process.stdin, enumerable: true };
  const { env, stdout, stderr } = process;
  const io = Object.defineProperty({ cwd: process.cwd(), env, stdout, stderr }, "stdin", lazily);
  run(process.argv.slice(2), io).then((code) => {
    process.exitCode = code;
    if (code < 2) keepCompiled();
  });
}
