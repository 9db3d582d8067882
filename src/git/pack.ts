import { deflate } from "./deflate.ts";

/** The kinds of objects that Git stores. */
export type ObjectType = "commit" | "tree" | "blob" | "tag";

/** An object that is to be stored. */
export interface NewObject {
  type: ObjectType;
  bytes: Buffer;
}

const typeNumber: Record<ObjectType, number> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** The id that Git gives to an object. */
export function objectId(format: "sha1" | "sha256", { type, bytes }: NewObject): string {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash(format).update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

/**
 * A pack with some objects, whole, as `git unpack-objects` and `git index-pack` read it.
 * @param level of compression, 0 to 9; 0 for what is read once and thrown away
 */
export function encodePack(format: "sha1" | "sha256", objects: readonly NewObject[], level?: number): Buffer {
  // Loaded when a pack is first wanted: verbs that read need none.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const header = Buffer.alloc(12);
  header.write("PACK");
  header.writeUInt32BE(2, 4);
  header.writeUInt32BE(objects.length, 8);
  const parts: Buffer[] = [header];
  for (const { type, bytes } of objects)
    parts.push(entryHeader(typeNumber[type], bytes.length), deflate(bytes, level));
  const hash = createHash(format);
  for (const part of parts) hash.update(part);
  return Buffer.concat([...parts, hash.digest()]);
}

/** Type and size: 4 bits of the size with the type, then 7 a byte, the lowest first. */
function entryHeader(type: number, size: number): Buffer {
  const bytes: number[] = [];
  let current = (type << 4) | (size & 15);
  let rest = Math.floor(size / 16);
  while (rest > 0) {
    bytes.push(current | 0x80);
    current = rest & 0x7f;
    rest = Math.floor(rest / 128);
  }
  bytes.push(current);
  return Buffer.from(bytes);
}
