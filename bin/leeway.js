#!/usr/bin/env node
// CommonJS (see package.json beside this file): asking for version or help starts no module loader and no program.
const { env, argv: words, stdout } = process;
const argv = words.slice(2);
const only = argv.length > 1 ? "" : (argv[0] ?? "--help");
const columns = stdout.columns ?? Number(env.COLUMNS);
if (only === "--version" || only === "-V") {
  stdout.write(`leeway ${require("../package.json").version}\n`);
} else if ((only === "--help" || only === "-h") && !(columns > 0 && columns < 80)) {
  stdout.write(require("node:fs").readFileSync(`${__dirname}/../dist/help.txt`));
} else {
  const io = { env, stdout };
  // Opening a stream takes as long as reading most verbs' arguments, and few verbs ask or complain.
  for (const name of ["stdin", "stderr"]) {
    const get = () => {
      Object.defineProperty(io, name, { value: process[name] });
      return io[name];
    };
    Object.defineProperty(io, name, { get, enumerable: true, configurable: true });
  }
  // Where the folder is gone, asking for it fails.
  Object.defineProperty(io, "cwd", { get: () => process.cwd(), enumerable: true });
  require("./program.js").runProgram(argv, io);
}
