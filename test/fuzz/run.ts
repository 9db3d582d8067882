import { mkdirSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { LAWS } from "./laws.ts";

/**
 * `npm run fuzz -- [SECONDS] [SEED]`: tries every law with random values for that long in turn, 600 seconds unless
 * told. A value that breaks one is made as small as it can be and kept, so that the unit suite tries it from then on.
 */
const [seconds = 600, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
process.stdout.write(`seed ${seed}, ${seconds} seconds: npm run fuzz -- ${seconds} ${seed}\n`);

for (const { name, values, holds } of LAWS) {
  const interruptAfterTimeLimit = (seconds * 1000) / LAWS.length;
  const property = fc.property(values, holds);
  const ran = fc.check(property, { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit });
  const [broken] = ran.counterexample ?? [];
  process.stdout.write(
    `${name}: ${ran.numRuns} values${ran.failed && broken !== undefined ? ", BROKEN" : ""}\n`,
  );
  if (!ran.failed || broken === undefined) continue;
  const file = `test/fuzz/kept/${name}-${seed}.json`;
  mkdirSync("test/fuzz/kept", { recursive: true });
  writeFileSync(file, `${JSON.stringify(broken, null, 2)}\n`);
  process.stdout.write(`${String(ran.errorInstance)}\nkept as ${file}\n`);
  process.exitCode = 1;
}
