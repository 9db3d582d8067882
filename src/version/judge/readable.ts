import { Failure } from "../../failure.ts";

/** What one of a version's own files says; null where it is not there, or cannot be read and so tells nothing. */
export function readable<T>(text: string | null, read: (text: string) => T): T | null {
  if (text === null) return null;
  try {
    return read(text);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}
