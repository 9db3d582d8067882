import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { eachBlob } from "../../src/git/objects.ts";
import { writeBlobs } from "../../src/git/write-objects.ts";
import { repository } from "./sandbox.ts";

test("every blob is handed on once, in order and byte for byte, however Git's output is cut", async () => {
  const { repo } = await repository();
  const sizes = [0, 1, 11, 65_536 - 52, 3_000_000, 0, 65_536, 5, 200_000, 1];
  const small = Array.from({ length: 2_000 }, (_, index) => index % 97);
  const blobs = [...sizes, ...small].map((size) => randomBytes(size));
  const oids = await writeBlobs(repo, blobs);
  const found: Buffer[] = [];
  await eachBlob(repo, oids, (bytes, index) => {
    expect(index).toBe(found.length);
    found.push(Buffer.from(bytes ?? "missing"));
  });
  expect(found.length).toBe(blobs.length);
  expect(found.every((bytes, index) => blobs[index]?.equals(bytes))).toBe(true);
});

test("what is not there, or is no blob, is null, and does not move the others", async () => {
  const { repo } = await repository({ "a.md": "one\n" });
  const [oid = ""] = await writeBlobs(repo, [Buffer.from("two\n")]);
  const tree = (await repo.text(["rev-parse", "HEAD^{tree}"])).trim();
  const found: (string | undefined)[] = [];
  await eachBlob(repo, ["0".repeat(40), oid, tree, oid], (bytes) => found.push(bytes?.toString()));
  expect(found).toEqual([undefined, "two\n", undefined, "two\n"]);
});

test("what goes wrong with one is thrown, and nothing is handed on after it", async () => {
  const { repo } = await repository();
  const oids = await writeBlobs(repo, [Buffer.from("a"), Buffer.from("b")]);
  let count = 0;
  const read = eachBlob(repo, oids, () => {
    count++;
    throw new Error("stop");
  });
  await expect(read).rejects.toThrow("stop");
  expect(count).toBe(1);
});
