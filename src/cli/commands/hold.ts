import { looksLikePupilData } from "../../adaptation/privacy.ts";
import { hasWords } from "../../adaptation/reason.ts";
import { formatAddress, parseAddress, quoteAddress } from "../../curriculum/address.ts";
import { decodeText, readDocument } from "../../curriculum/read.ts";
import { Failure } from "../../failure.ts";
import { readTextInside } from "../../files/read.ts";
import { readObjects } from "../../git/objects.ts";
import { longDate } from "../../report/wording.ts";
import { pathMatcher, readHolds } from "../../version/base/holds.ts";
import { changesSince } from "../../version/change/changes.ts";
import { commitPassages } from "../../version/change/commit-passages.ts";
import { idPaths } from "../../version/change/id-paths.ts";
import { updateVersionText } from "../../version/change/own-files.ts";
import { openVersion } from "../../version/open.ts";
import { type EquippedVersion, requireBase, requireEquipped, requireReady } from "../../version/ready.ts";
import { stoppedRebase } from "../../version/rebase/stopped.ts";
import { decisionsAt, holdDecisions } from "../../version/resolve/hold.ts";
import { type Hold, versionPath } from "../../version/version-file.ts";
import type { Context, Outcome } from "../context.ts";
import { writing } from "../writing.ts";

interface HoldFlags {
  readonly why: string;
  readonly until?: string;
  readonly dryRun?: boolean;
}

/** `hold`: do not take upstream's change here, for now or for good, with a why. */
export async function run(context: Context, args: readonly string[], flags: HoldFlags): Promise<Outcome> {
  const [address = ""] = args;
  if (!hasWords(flags.why)) {
    throw new Failure("usage", "There is nothing in --why.", { next: ["Give --why in words."] });
  }
  const found = looksLikePupilData(flags.why);
  if (found) {
    throw new Failure("usage", `${found}. A reason is read across the trust and cannot be fully deleted.`, {
      next: ["Write about the curriculum, never about a pupil, and run the command again."],
    });
  }
  if (flags.until !== undefined && flags.until < context.today) {
    throw new Failure("usage", `${flags.until} has passed, so nothing would be held.`, {
      next: ["Give a later day, or leave --until out."],
    });
  }
  const { repo } = await context.look.checkout;
  return writing(context, repo, "hold", async () => {
    const opened = await openVersion(context.cwd, { from: "worktree" });
    const stopped = await stoppedRebase(repo, opened.head);
    if (stopped.kind === "open" && opened.self !== null) {
      const { stop } = stopped;
      const held = await decisionsAt(repo, stop, address);
      if (flags.dryRun) {
        const would = held.map(({ at }) => `Would hold ${quoteAddress(at)}.`);
        return done([...would, "Nothing was changed."], null, { dryRun: true });
      }
      await holdDecisions(repo, opened.self.id, stop, held, {
        why: flags.why,
        ...(flags.until ? { until: flags.until } : {}),
      });
      const did = held.map(
        ({ at }) => `${quoteAddress(at)} stays as it is here; upstream's change is held: ${flags.why}`,
      );
      return done(did, null, { held: held.map(({ at }) => at) });
    }
    const version = requireEquipped(await requireReady(opened));
    const start = requireBase(version);
    const { at, path: place } = await placeOf(version, address);
    const already = version.self.holds.find((hold) => hold.at === at);
    const hold: Hold = {
      at,
      base: (already ?? coveringHold(version, place))?.base ?? start.commit,
      why: flags.why,
      ...(flags.until ? { until: flags.until } : {}),
    };
    const shown = `${quoteAddress(at)} is held${flags.until ? ` until ${longDate(flags.until)}` : ", until you take it"}: ${flags.why}`;
    if (flags.dryRun)
      return done([`Would hold ${quoteAddress(at)}. Nothing was changed.`], null, { dryRun: true, hold });
    const path = versionPath(version.self.id);
    const text = (await readTextInside(repo.root, path)) ?? "";
    const holds = [...version.self.holds.filter((each) => each !== already), hold];
    await commitPassages(repo, version, {
      verb: "hold",
      did: `Held: ${at}`,
      message: `Hold ${at}\n\n${flags.why}\n`,
      picks: [],
      files: [],
      own: [{ path, text: updateVersionText(path, text, { holds, base: baseOf(version) }) }],
      now: context.now,
    });
    return done([shown], "leeway undo", { hold });
  });
}

/** The hold that covers the place already: upstream's text there is that of its base. */
function coveringHold({ self }: EquippedVersion, path: string): Hold | undefined {
  return readHolds(self.holds).find((hold) => hold.covers(path))?.hold;
}

function baseOf({ self, start }: EquippedVersion): NonNullable<EquippedVersion["self"]["base"]> {
  if (start.kind === "known" && !start.recorded) {
    return { commit: start.commit, ...(start.edition ? { edition: start.edition } : {}) };
  }
  return self.base ?? { commit: "" };
}

/** What the address holds: paths as they are, a document by its path, a passage by its address. */
async function placeOf(version: EquippedVersion, address: string): Promise<{ at: string; path: string }> {
  const { repo } = version;
  const start = requireBase(version);
  const later = version.next?.commit ?? start.commit;
  const incoming = await changesSince(
    repo,
    { commit: start.commit, holds: readHolds(version.self.holds) },
    { kind: "commit", commit: later },
  );
  const { document, passage } = parseAddress(address);
  const known = incoming.documents.find(
    ({ change }) => change.id === document || change.path === document || change.from === document,
  );
  if (passage !== null) {
    if (!known) return standingPassage(version, address);
    if (!known.change.passages.some(({ key }) => key === passage)) {
      throw new Failure("usage", "Upstream has not changed this passage, so there is nothing to hold.", {
        where: quoteAddress(address),
        next: known.change.passages.map(
          ({ key }) => `${quoteAddress(formatAddress(known.change.id, key))}   changed upstream`,
        ),
      });
    }
    return { at: `${known.change.id}${passage}`, path: known.change.path };
  }
  if (known) {
    const path = known.base?.path ?? known.change.path;
    return { at: path, path };
  }
  const folder = document.replace(/\/+$/, "");
  const tracked = (await repo.text(["ls-files", "-z"])).split("\0");
  const coming = [
    ...incoming.documents.map(({ change }) => change.path),
    ...incoming.files.map(({ path }) => path),
  ];
  if ([...tracked, ...coming].some(pathMatcher(document))) return { at: folder, path: folder };
  const path = (await idPaths(repo, start.commit)).get(document);
  if (path) return { at: path, path };
  throw nothingHere(address);
}

/** A passage that upstream has not changed yet may be held all the same, if there is one. */
async function standingPassage(
  version: EquippedVersion,
  address: string,
): Promise<{ at: string; path: string }> {
  const { repo } = version;
  const start = requireBase(version);
  const { document, passage } = parseAddress(address);
  const path = (await idPaths(repo, start.commit)).get(document) ?? document;
  const [file] = await readObjects(repo, [`${start.commit}:${path}`]);
  const decoded = file && decodeText(file.bytes);
  const read = decoded && "text" in decoded ? readDocument(path, decoded.text) : null;
  if (!read?.passages.some(({ key }) => key === passage)) throw nothingHere(address);
  return { at: `${read.id}${passage}`, path };
}

function nothingHere(address: string): Failure {
  return new Failure("usage", "There is no document, folder or passage of this name.", {
    where: quoteAddress(address),
  });
}

function done(did: string[], undo: string | null, data: Record<string, unknown>): Outcome {
  return {
    exit: 0,
    report: { kind: "done", verb: "hold", did, undo, next: [["leeway status", "see what is held"]], data },
  };
}
