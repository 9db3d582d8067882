import { expect, it } from "vitest";
import { parseBlocks } from "../../../src/curriculum/blocks.ts";
import { decodeHTML } from "../../../src/curriculum/no-entities.ts";

it("the stand-in for the tables of entities says what block structure says of them: nothing", () => {
  const text = "[a]: /b&amp;c &lt;\n\n# A &amp; B\n\n```x&amp;y\ncode\n```\n";
  const contents = parseBlocks(text).flatMap(({ content, info }) => [content, info].filter(Boolean));
  expect(contents).toEqual(["[a]: /b&amp;c &lt;", "A &amp; B", "code\n", "x&amp;y"]);
  expect(decodeHTML("&amp;")).toBe("&amp;");
});
