import type { Kind, Purpose } from "../../src/adaptation/words.ts";
import type { Place } from "./places.ts";

/** What a school may make of a passage. */
export interface Edit {
  /** Schools that make the same edit write the same text, but for their place where it names one. */
  readonly text: (place: Place) => string | null;
  readonly kind: Kind;
  readonly for: readonly Purpose[];
  readonly title: string;
  readonly why: (place: Place) => string;
}

export interface SourcePassage {
  readonly subject: string;
  readonly document: string;
  readonly at: string;
  readonly name: string;
  readonly base: string;
  readonly invites?: { readonly keep: string; readonly ideas: readonly string[] };
  readonly locked?: boolean;
  readonly edits: readonly Edit[];
}

/** The passages of a made-up core that its schools change, each with the ways in which they do. */
export const PASSAGES: readonly SourcePassage[] = [
  {
    subject: "history",
    document: "Trade in medieval England",
    at: "y8-trade#case-study",
    name: "Case study",
    base: "## Case study\n\nNorwich market shows how wool and wine changed hands. Sellers stood in rows by trade, and the city took a toll on what they brought. Worsted woven in Norfolk villages went down the river to Yarmouth, and Gascon wine came back up it in smaller boats.\n\nAsk pupils to draw the exchange as a loop and to label each arrow with a person.\n",
    invites: {
      keep: "Interdependence between at least two places, shown by two goods that travel in opposite directions",
      ideas: [
        "a port with customs accounts",
        "an inland fair",
        "a wool church and the family who paid for it",
      ],
    },
    edits: [
      {
        kind: "replace",
        for: ["place"],
        title: "Our own town as the trade case study",
        why: ({ town, work }) =>
          `Families here know ${work}; the Norwich market means nothing to them yet, and ${town} can be walked.`,
        text: ({ town, work, water }) =>
          `## Case study\n\n${town} shows how goods changed hands. What came down ${water} paid for what came up it, and ${work} grew out of that exchange. The town took a toll on what was brought.\n\nAsk pupils to draw the exchange as a loop and to label each arrow with a person.\n`,
      },
    ],
  },
  {
    subject: "history",
    document: "Trade in medieval England",
    at: "y8-trade#writing",
    name: "Writing",
    base: "## Writing\n\nBy the end of the unit pupils write one extended answer of about two hundred words: *How did trade make strangers depend on each other?* They plan it from the loop they drew, choose two sources, and use *because* at least twice.\n\nTeach the difference between *and then* and *and so*.\n",
    edits: [
      {
        kind: "scaffold",
        for: ["eal"],
        title: "Sentence starters for the first long answer",
        why: () =>
          "Many pupils write their first long answer in English here. The starters carry the reasoning and leave the evidence to them.",
        text: () =>
          "## Writing\n\nBy the end of the unit pupils write one extended answer of about two hundred words: *How did trade make strangers depend on each other?* They plan it from the loop they drew, choose two sources, and use *because* at least twice.\n\nGive these starters to anyone who wants them: *One reason was … This mattered because … If it had stopped, then …* Pupils say the whole sentence to a partner before they write it down.\n\nTeach the difference between *and then* and *and so*.\n",
      },
      {
        kind: "stretch",
        for: ["prior-attainment"],
        title: "A third source that disagrees",
        why: () => "Two classes finish with time to spare and say that sources always agree.",
        text: () =>
          "## Writing\n\nBy the end of the unit pupils write one extended answer of about three hundred words: *How did trade make strangers depend on each other?* They plan it from the loop they drew, choose three sources of which one disagrees, and use *because* at least twice.\n\nTeach the difference between *and then* and *and so*.\n",
      },
    ],
  },
  {
    subject: "history",
    document: "Industry and empire",
    at: "y9-industry#homework",
    name: "Homework",
    base: "## Homework\n\nAsk at home who worked in a mill.\n",
    edits: [
      {
        kind: "replace",
        for: ["place"],
        title: "Work that families here remember",
        why: ({ work }) => `Nobody here remembers a mill. They do remember ${work}.`,
        text: ({ work }) => `## Homework\n\nAsk at home who worked in ${work}, and what became of it.\n`,
      },
    ],
  },
  {
    subject: "history",
    document: "Industry and empire",
    at: "y9-industry@outcomes.o2",
    name: "Outcomes: o2",
    locked: true,
    base: "id: o2\ntext: Use figures and testimony together to judge how work in the mills affected families.\n",
    edits: [
      {
        kind: "replace",
        for: ["prior-attainment"],
        title: "A simpler outcome",
        why: () => "The figures were too hard for the class.",
        text: () => "id: o2\ntext: Use testimony to describe how work in the mills affected families.\n",
      },
    ],
  },
  {
    subject: "history",
    document: "The Norman conquest: Domesday",
    at: "y7-conquest-domesday#teaching-input",
    name: "Teaching input",
    base: "## Teaching input\n\nIn 1085 William's men set out from Gloucester and wrote down who held every piece of land in England. They asked the same questions everywhere: who held it before, who holds it now, how many ploughs, how many mills.\n",
    edits: [
      {
        kind: "correct",
        for: ["accuracy"],
        title: "Domesday did not reach the far North",
        why: () =>
          "The survey left out Durham and Northumberland, and classes who have just studied the harrying of the North ask why.",
        text: () =>
          "## Teaching input\n\nIn 1085 William's men set out from Gloucester and wrote down who held the land in almost all of England. Durham and Northumberland were left out, and so were London and Winchester. They asked the same questions everywhere: who held it before, who holds it now, how many ploughs, how many mills.\n",
      },
    ],
  },
  {
    subject: "science",
    document: "Particles: Heating ice until it boils",
    at: "y7-particles-heating#practice",
    name: "Practice",
    base: "## Practice\n\n| step | do | record |\n|---|---|---|\n| 1 | Half fill the beaker with crushed ice and clamp the thermometer in it | temperature at once |\n| 2 | Light the burner, gentle blue flame, and start the clock | temperature every minute |\n| 3 | Stir until the ice has gone | the minute when the last of it went |\n",
    edits: [
      {
        kind: "present",
        for: ["send"],
        title: "The heating practical one step at a time",
        why: () =>
          "A table with three columns hides the order of the work. One step on a strip lets more of the class run the practical without an adult reading it out.",
        text: () =>
          "## Practice\n\nCut the steps into strips, with a photograph on each. A pair turns over the next one when the last is ticked.\n\n1. Half fill the beaker with crushed ice. Clamp the thermometer in it. *Write the temperature.*\n2. Light the burner, gentle blue flame. Start the clock. *Write the temperature every minute.*\n3. Stir until the ice has gone. *Circle that minute.*\n",
      },
      {
        kind: "replace",
        for: ["facilities"],
        title: "Heating without gas",
        why: () =>
          "Our two laboratories have no gas this year. A hotplate under one large beaker serves four pairs.",
        text: () =>
          "## Practice\n\n| step | do | record |\n|---|---|---|\n| 1 | Half fill the large beaker with crushed ice and clamp two thermometers in it | temperature at once |\n| 2 | Switch the hotplate to 4 and start the clock | temperature every minute |\n| 3 | Stir until the ice has gone | the minute when the last of it went |\n",
      },
    ],
  },
  {
    subject: "science",
    document: "Cells: Looking at onion skin",
    at: "y7-cells-onion#teaching-input",
    name: "Teaching input",
    base: "## Teaching input\n\nIodine stains the nucleus brown. Under forty times the walls stand out like bricks; at four hundred times the nucleus is a dot at the edge of each cell.\n",
    edits: [
      {
        kind: "correct",
        for: ["accuracy"],
        title: "Total magnification, lens by lens",
        why: () =>
          "Pupils read the number on the objective and report that as the magnification. The eyepiece has to be named.",
        text: () =>
          "## Teaching input\n\nIodine stains the nucleus brown. Magnification is the eyepiece times the objective: with a 10 × eyepiece, the 4 × objective gives forty times and the 40 × objective four hundred. Under forty times the walls stand out like bricks; at four hundred times the nucleus is a dot at the edge of each cell.\n",
      },
    ],
  },
  {
    subject: "science",
    document: "Forces: Speed",
    at: "y8-forces-speed#field-work",
    name: "Field work",
    base: "## Field work\n\nTime cars over fifty metres of the road outside, from behind the fence, and work out their speeds in metres per second.\n",
    edits: [
      {
        kind: "replace",
        for: ["place", "facilities"],
        title: "Speeds that we can measure",
        why: ({ water }) =>
          `There is no road that a class may stand beside. From the path along ${water} everything that moves can be timed.`,
        text: ({ water }) =>
          `## Field work\n\nFrom the path along ${water} time whatever moves over fifty metres, with an adult at each end, and work out the speeds in metres per second.\n`,
      },
      {
        kind: "remove",
        for: ["facilities"],
        title: "No timing beside the road",
        why: () => "The road outside is the main road to the docks, and the fence was taken down.",
        text: () => null,
      },
    ],
  },
  {
    subject: "geography",
    document: "Rivers and the people on them",
    at: "y7-rivers#our-river",
    name: "Our river",
    base: "## Our river\n\nThe River Trent is the example. Follow it on the map from Biddulph Moor to the Humber, name four towns on it, and say what each of them wanted from the river.\n",
    invites: {
      keep: "A source, a mouth, and four places between them that want different things from the river",
      ideas: ["the river that pupils cross on the way to school", "a river that has been put underground"],
    },
    edits: [
      {
        kind: "replace",
        for: ["place"],
        title: "The river outside",
        why: ({ water }) => `Pupils cross ${water} every day and have never seen where it comes from.`,
        text: ({ water, town }) =>
          `## Our river\n\nThe example is ${water}. Follow it on the map as far as it goes both ways from ${town}, name four places on it, and say what each of them wanted from the water.\n`,
      },
    ],
  },
  {
    subject: "geography",
    document: "Weather and hazards: Flooding",
    at: "y8-hazards-flooding#case-study",
    name: "Case study",
    base: "## Case study\n\nBoscastle flooded on 16 August 2004. Two months of rain fell in two hours on moorland that was already full.\n",
    edits: [
      {
        kind: "replace",
        for: ["sensitivity", "place"],
        title: "Another flood than our own street's",
        why: () =>
          "Families in two streets lost their homes to a flood in 2019. The lesson keeps its distance and offers a quiet word before it.",
        text: () =>
          "## Case study\n\nTell the class a day before what the lesson is about, and let anybody choose the second seat plan.\n\nBoscastle flooded on 16 August 2004. Two months of rain fell in two hours on moorland that was already full. Nobody died, and the class hears that first.\n",
      },
    ],
  },
  {
    subject: "geography",
    document: "Weather and hazards",
    at: "geography-ks3@sequence!order",
    name: "Order of sequence",
    base: "@sequence.y7-rivers/7/autumn-1\n@sequence.y7-maps/7/autumn-2\n@sequence.y8-hazards/8/spring-1\n",
    edits: [
      {
        kind: "reorder",
        for: ["timetable"],
        title: "Maps before rivers",
        why: () => "Field work by the river needs dry weather and the minibus, which we have in May.",
        text: () =>
          "@sequence.y7-maps/7/autumn-2\n@sequence.y7-rivers/7/autumn-1\n@sequence.y8-hazards/8/spring-1\n",
      },
    ],
  },
  {
    subject: "english",
    document: "A novel by a living author",
    at: "y8-novel#the-text",
    name: "The text",
    base: "## The text\n\nThe whole class reads one novel by an author who is alive. The core set is enough for thirty pupils and comes with a reading journal.\n",
    invites: {
      keep: "One whole novel, read by everybody, by an author who can be written to",
      ideas: ["an author who lives in the region", "a novel in translation", "a verse novel"],
    },
    edits: [
      {
        kind: "replace",
        for: ["representation"],
        title: "An author who grew up near here",
        why: ({ town }) => `Readers in ${town} write better letters to somebody who knows their bus route.`,
        text: ({ town, work }) =>
          `## The text\n\nThe whole class reads one novel by an author who grew up near ${town} and writes about ${work}. The set is enough for thirty pupils; the reading journal of the core fits it.\n`,
      },
      {
        kind: "retime",
        for: ["timetable"],
        title: "Two weeks longer with the novel",
        why: () => "Three lessons a week instead of four: the novel is read to the end or it is not read.",
        text: () =>
          "## The text\n\nThe whole class reads one novel by an author who is alive, over eight weeks instead of six. The core set is enough for thirty pupils and comes with a reading journal.\n",
      },
    ],
  },
  {
    subject: "english",
    document: "Speaking in public",
    at: "y9-speaking@keywords.rhetoric",
    name: "Keywords: rhetoric",
    base: "keyword: rhetoric\ndescription: the art of persuading with words\n",
    edits: [
      {
        kind: "preteach",
        for: ["eal"],
        title: "Rhetoric said twice",
        why: () => "The word reads like a school subject in three of our languages. Two examples settle it.",
        text: () =>
          "keyword: rhetoric\ndescription: the art of persuading with words, for example by asking a question that needs no answer\n",
      },
    ],
  },
  {
    subject: "mathematics",
    document: "Ratio and scale",
    at: "y8-ratio#worked-example",
    name: "Worked example",
    base: "## Worked example\n\nA recipe for four people takes 300 g of flour. For ten people it takes 300 ÷ 4 × 10 = 750 g.\n",
    edits: [
      {
        kind: "present",
        for: ["send", "prior-attainment"],
        title: "A double number line first",
        why: () =>
          "The division in the middle of the line is where pupils stop. On a double number line they see why it is there.",
        text: () =>
          "## Worked example\n\nDraw two number lines, people above and grams below, and mark 4 above 300. Ask what stands above 75.\n\nA recipe for four people takes 300 g of flour. For ten people it takes 300 ÷ 4 × 10 = 750 g.\n",
      },
    ],
  },
  {
    subject: "mathematics",
    document: "Averages",
    at: "y7-averages#misconceptions",
    name: "Misconceptions",
    base: "## Misconceptions\n\nThe median is the middle number. Pupils forget to put the numbers in order first.\n",
    edits: [
      {
        kind: "add",
        for: ["prior-attainment"],
        title: "The median of an even count",
        why: () => "It comes up in the second exercise, and the page says nothing about it.",
        text: () =>
          "## Misconceptions\n\nThe median is the middle number. Pupils forget to put the numbers in order first.\n\nWith an even count there are two numbers in the middle, and the median lies halfway between them. It need not be one of the data.\n",
      },
    ],
  },
  {
    subject: "religious-education",
    document: "Places of worship",
    at: "y7-worship#the-visit",
    name: "The visit",
    base: "## The visit\n\nThe class visits a place of worship that most of them have never been inside, and prepares three questions in pairs.\n",
    invites: {
      keep: "A building, and a person who worships in it and answers questions",
      ideas: ["the nearest place of worship to the school", "one that has changed hands"],
    },
    edits: [
      {
        kind: "replace",
        for: ["agreed-syllabus", "place"],
        title: "Whom we visit",
        why: ({ faith }) =>
          `The agreed syllabus asks for a local community, and ${faith} has received our classes for years.`,
        text: ({ faith }) =>
          `## The visit\n\nThe class visits ${faith}, prepares three questions in pairs, and asks before anybody takes a photograph.\n`,
      },
    ],
  },
  {
    subject: "computing",
    document: "Networks: Packets",
    at: "y8-networks-packets#activity",
    name: "Activity",
    base: "## Activity\n\nEach pair runs `tracert` to three sites and draws the route.\n",
    edits: [
      {
        kind: "replace",
        for: ["facilities"],
        title: "Routes on paper",
        why: () => "The school's filter stops the command. A printed route from last year shows the same.",
        text: () =>
          "## Activity\n\nEach pair is given three printed routes, cut into hops and shuffled, and puts them in order by their times.\n",
      },
    ],
  },
  {
    subject: "primary-history",
    document: "The Romans in Britain",
    at: "y4-romans#a-place-to-visit",
    name: "A place to visit",
    base: "## A place to visit\n\nFishbourne has floors that can be walked around. Choose one room and stay in it.\n",
    invites: {
      keep: "One real object or building of the Roman period, seen or handled",
      ideas: ["a museum loan box", "a villa", "a stretch of road", "a fort"],
    },
    edits: [
      {
        kind: "replace",
        for: ["place", "facilities"],
        title: "Something Roman within reach",
        why: ({ town }) => `A coach to Fishbourne from ${town} costs more than the whole year's visits.`,
        text: ({ town }) =>
          `## A place to visit\n\nThe museum at ${town} lends a box: a tile with a dog's paw print, a hairpin, a piece of a lamp. Choose one thing and stay with it.\n`,
      },
    ],
  },
  {
    subject: "primary-history",
    document: "The Great Fire",
    at: "y2-great-fire-diary#talk",
    name: "Talk",
    base: "## Talk\n\nRead the diary entry for 2 September aloud, twice, and ask which words are from long ago.\n",
    edits: [
      {
        kind: "scaffold",
        for: ["eal", "send"],
        title: "The diary with pictures",
        why: () => "Six-year-olds who are new to English follow the fire on a picture map while they listen.",
        text: () =>
          "## Talk\n\nGive each child the picture map. Read the diary entry for 2 September aloud, twice, while they move a counter along the streets, and ask which words are from long ago.\n",
      },
    ],
  },
];
