#!/usr/bin/env node
// CommonJS (see package.json beside this file): asking for the version starts no module loader.
const [first, ...rest] = process.argv.slice(2);
if ((first === "--version" || first === "-V") && rest.length === 0) {
  process.stdout.write(`leeway ${require("../package.json").version}\n`);
} else {
  import("../dist/main.js")
    .then(({ run }) => run(process.argv.slice(2), { cwd: process.cwd(), env: process.env, ...streams() }))
    .then((code) => {
      process.exitCode = code;
    });
}

function streams() {
  const { stdin, stdout, stderr } = process;
  return { stdin, stdout, stderr };
}
