import { expect, test } from "vitest";
import { resolveUrl } from "../../../src/version/base/relative-url.ts";

test("a relative address is meant from the version's home, whatever kind of address that is", () => {
  expect(resolveUrl("../north", "https://example.org/trust/grimsby.git")).toBe(
    "https://example.org/trust/north",
  );
  expect(resolveUrl("../north", "git@example.org:trust/grimsby.git")).toBe("git@example.org:trust/north");
  expect(resolveUrl("../north", "file:///srv/trust/grimsby")).toBe("file:///srv/trust/north");
  expect(resolveUrl("../north", "/srv/trust/grimsby")).toBe("/srv/trust/north");
  expect(resolveUrl("../../../x", "https://example.org/grimsby.git")).toBe("https://example.org/x");
  expect(resolveUrl("https://elsewhere.org/north", "/srv/grimsby")).toBe("https://elsewhere.org/north");
});
