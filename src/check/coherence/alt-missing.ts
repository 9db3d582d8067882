import { addressOf, type CoherenceCheck } from "./material.ts";

/** An image or a picture among the resources without a text that stands for it. */
export const altMissing: CoherenceCheck = {
  id: "alt-missing",
  severity: "warning",
  title: "A picture without a text for those who cannot see it",
  page: {
    what: "An image in the text, or a resource that is a picture (by its kind or its file's ending), has no alternative text.",
    why: "A pupil or a teacher who listens to the page hears only that there is an image; so does everybody when the file does not load.",
    fix: "Say in a sentence what the picture shows that the lesson needs: `![What it shows](path)`, or `alt:` beside the resource.",
    accept: 'A picture for decoration alone can say so: `<img src="…" alt="">`.',
  },
  *find({ curriculum }) {
    for (const document of curriculum.documents) {
      for (const { value, line, key } of document.withoutAlt) {
        const isField = key.startsWith("@");
        yield {
          path: document.path,
          line,
          at: addressOf(document, key),
          about: value,
          message: `${isField ? "The resource" : "The image"} ${value} has no alternative text.`,
          remedy: isField
            ? `Add alt: to it, with a sentence that says what it shows.`
            : `Write what it shows between the brackets, as in ![What it shows](${value}).`,
        };
      }
    }
  },
};
