import { createHash } from "node:crypto";

/**
 * The Content-Security-Policy of the page: nothing is loaded, nothing runs, and no style but the page's own applies,
 * which is known by its hash (https://www.w3.org/TR/CSP3/#grammardef-hash-source).
 */
export function contentPolicy(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
