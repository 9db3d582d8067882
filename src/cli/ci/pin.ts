import { Failure } from "../../failure.ts";
import type { Pin } from "../../version/ci/furnish.ts";

/** What is said on the command line of where Leeway comes from. */
export interface PinFlags {
  readonly package?: string;
  readonly integrity?: string;
}

/**
 * The file that Leeway is installed from and its hash, as npm (`sha512-…`), GitHub (`sha256:…`) or `sha256sum` say it.
 * @returns null where neither is given
 * @throws Failure "usage" where one is missing or is not what it should be
 */
export function pinFrom({ package: url, integrity }: PinFlags): Pin | null {
  if (url === undefined && integrity === undefined) return null;
  if (url === undefined || integrity === undefined) throw missingPin();
  if (!/^https?:\/\/[^\s'"\\]+$/.test(url)) {
    throw new Failure("usage", "Leeway is installed from an address on the web.", {
      where: url,
      next: ["--package https://example.org/leeway-0.1.0.tgz   is an example"],
    });
  }
  const hash = hexOf(integrity);
  if (hash?.length === 64) return { url, hash, program: "sha256sum" };
  if (hash?.length === 128) return { url, hash, program: "sha512sum" };
  throw new Failure("usage", "This is no SHA-256 or SHA-512 hash.", {
    where: integrity,
    next: [`curl --location ${url} | sha256sum   prints it; compare it with what the release says`],
  });
}

/** @throws what to give where a host's files need to know where Leeway comes from */
export function missingPin(): Failure {
  return new Failure(
    "usage",
    "The host has to know which file Leeway is, and its hash, to install that and no other.",
    {
      next: [
        "--package URL      the .tgz of a release of Leeway",
        "--integrity HASH   its SHA-256 or SHA-512, as the release says it or sha256sum prints it",
      ],
    },
  );
}

function hexOf(integrity: string): string | null {
  const [, base64] = /^sha(?:256|512)-([A-Za-z0-9+/]+=*)$/.exec(integrity) ?? [];
  if (base64 !== undefined) return Buffer.from(base64, "base64").toString("hex");
  return /^(?:sha(?:256|512):)?([0-9a-f]+)$/i.exec(integrity)?.[1]?.toLowerCase() ?? null;
}
