import { beforeAll, test } from "vitest";
import { School, TRADE } from "../e2e/school.ts";
import { HostileSchool } from "./raw.ts";

let built: School;
beforeAll(async () => {
  built = await School.build();
});

const STEER = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202etxet\u2066\u200f\b\r\u0000".slice(0, -1);
/** As YAML in double quotes takes it. */
const QUOTED = [...STEER].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");

test("no sign that steers a terminal gets from texts, titles, names, notes or reasons to any verb's output", async () => {
  const school = await HostileSchool.from(built);
  const version = school.read("north", "versions/north/version.yaml");
  const trade = school.read("north", TRADE);
  await school.publish(
    "north",
    [
      {
        at: ["versions", "north", "version.yaml"],
        bytes: version.replace(/name: .*/, `name: "North${QUOTED}"`),
      },
      {
        at: TRADE.split("/"),
        bytes: trade
          .replace("title: Trade", `title: "${QUOTED}Trade`)
          .replace("medieval England\noutcomes", 'medieval England"\noutcomes')
          .replace("## Writing", `## Writing ${STEER}`)
          .replace("one long answer", `one ${STEER} answer`),
      },
      {
        at: ["subjects", "history", `${STEER.replace(/[\r\b]/g, "")}.md`],
        bytes: `# ${STEER}\n\n${STEER}\n`,
      },
      {
        at: ["versions", "north", "rules.yaml"],
        bytes: `rules:\n  - {passages: "unit#*", leeway: none, because: "${QUOTED}"}\n`,
      },
      {
        at: ["versions", "north", "adaptations", "x.yaml"],
        bytes: `id: north/x\ntitle: "${QUOTED}"\nkind: replace\nfor: [place]\nwhy: "${QUOTED}"\nby: {role: "${QUOTED}"}\npassages: [{at: "y8-trade#writing"}]\n`,
      },
      { at: ["bin", "x.sh"], bytes: STEER, mode: "100755" },
    ],
    { notes: `Second ${STEER.replace("\r", "")}\n\n${STEER}` },
  );
  school.edit(TRADE, "one long answer", `one short ${STEER} answer`);
  school.write(
    "grimsby/subjects/history/local.md",
    `---\nid: "x${QUOTED}"\ntitle: "${QUOTED}"\n---\n# ${STEER}\n`,
  );
  for (const args of [
    ["fetch"],
    ["status"],
    ["status", "--json"],
    ["diff"],
    ["diff", "--markdown"],
    ["diff", "--json"],
    ["diff", "--incoming"],
    ["diff", "--incoming", "--stat"],
    ["drift", "--why"],
    ["drift", "--json"],
    ["explain", "y8-trade#writing"],
    ["adapt"],
    ["adapt", "y8-trade#writing", "--for", "eal", "--why", `Shorter ${STEER}`],
    ["adapt", "subjects/history/local.md", "--for", "place", "--why", "Ours."],
    ["log", "--all"],
    ["log", "--json"],
    ["show", "north/x"],
    ["rebase", "--dry-run"],
    ["rebase", "--dry-run", "--json"],
    ["rebase"],
    ["rebase", "--accept-code"],
    ["rebase", "--account"],
    ["status"],
    ["resolve", "--list"],
    ["resolve", "--list", "--json"],
    ["explain", "y8-trade#writing"],
    ["rebase", "--abort"],
    ["undo"],
    ["explain", STEER],
    ["show", STEER],
    ["rebase", "--to", STEER],
  ])
    await school.tried("grimsby", args);
  await school.tried(".", ["fork", "north", "new", "--id", "new", "--name", `New ${STEER}`]);
  await school.tried("new", ["status"]);
  await school.tried("centre", ["versions", "add", "../north"]);
  await school.tried("centre", ["versions", "list"]);
});
