import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { widthOf } from "../../../src/cli/io.ts";

function width(columns: number | undefined, env: Record<string, string> = {}): number {
  const stdout = Object.assign(new PassThrough(), columns === undefined ? {} : { columns });
  return widthOf({ cwd: ".", env, stdin: new PassThrough(), stdout, stderr: new PassThrough() });
}

it.each([
  [undefined, {}, 80],
  [0, {}, 80],
  [20, {}, 40],
  [39, {}, 40],
  [57, {}, 57],
  [200, {}, 100],
  [undefined, { COLUMNS: "30" }, 40],
  [undefined, { COLUMNS: "wide" }, 80],
])("a terminal of %s columns with %j gets a page of %i", (columns, env, expected) => {
  expect(width(columns, env)).toBe(expected);
});
