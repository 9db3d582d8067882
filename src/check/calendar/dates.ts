import { formatAddress, parseAddress } from "../../curriculum/address.ts";
import type { Document } from "../../curriculum/document.ts";
import type { FieldsValue } from "../../curriculum/value.ts";
import { fieldsOf, itemsOf, textOf } from "../../curriculum/values.ts";
import type { DocumentFacts } from "../facts.ts";
import type { HeldUntil, Review } from "./material.ts";

/** The reviews that documents ask for. */
export function reviewsIn(documents: Iterable<DocumentFacts>): Review[] {
  return [...documents].flatMap(({ path, id, title, lines, reviewBy }) =>
    reviewBy === null
      ? []
      : [
          {
            path,
            line: lines.reviewBy ?? null,
            at: formatAddress(id, "@reviewBy"),
            about: id,
            title,
            kind: "document" as const,
            reviewBy,
          },
        ],
  );
}

/** The review that an adaptation's record asks for; none where it is a draft or no longer stands. */
export function reviewOfRecord(record: Document): Review[] {
  const fields = fieldsOf(record);
  const reviewBy = textOf(fields, "reviewBy");
  const status = textOf(fields, "status")?.text ?? "active";
  if (reviewBy === null || !["active", "trial"].includes(status)) return [];
  const { path, line } = { path: record.path, line: reviewBy.line };
  const place = { path, line, at: null, about: record.id };
  return [{ ...place, title: record.title, kind: "adaptation", reviewBy: reviewBy.text.trim() }];
}

/** The holds with an end in a `version.yaml`. */
export function holdsIn(versionFile: Document): HeldUntil[] {
  return itemsOf(fieldsOf(versionFile), "holds")
    .filter((item): item is FieldsValue => item.kind === "fields")
    .flatMap(({ fields }) => {
      const [held, until] = [textOf(fields, "at"), textOf(fields, "until")];
      if (held === null || until === null) return [];
      const { passage } = parseAddress(held.text);
      return [
        {
          path: versionFile.path,
          line: until.line,
          at: passage === null ? null : held.text.trim(),
          held: held.text.trim(),
          why: textOf(fields, "why")?.text ?? "",
          until: until.text.trim(),
        },
      ];
    });
}
