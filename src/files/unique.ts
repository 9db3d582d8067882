/** Part of a name that nobody else chooses. */
export function unique(): string {
  return process.getBuiltinModule("node:crypto").randomBytes(6).toString("hex");
}
