/** A school and what its place has to offer to a curriculum. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly town: string;
  readonly work: string;
  readonly water: string;
  readonly faith: string;
}

export interface RegionOfPlaces {
  readonly id: string;
  readonly name: string;
  readonly places: readonly Place[];
}

const place = (name: string, town: string, work: string, water: string, faith: string): Place => ({
  id: name
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/-(primary|school|academy|high|college|church|of|england)(?=-|$)/g, ""),
  name,
  town,
  work,
  water,
  faith,
});

/** Made-up schools in real places, by region and name. */
export const REGIONS: readonly RegionOfPlaces[] = [
  {
    id: "east",
    name: "East region",
    places: [
      place("Blackwater Primary School", "Maldon", "salt pans", "the Blackwater", "the Plume library"),
      place(
        "Breckland High School",
        "Thetford",
        "flint knapping",
        "the Little Ouse",
        "the Portuguese chapel",
      ),
      place("Denes Academy", "Lowestoft", "drifters and the herring market", "Lake Lothing", "St Margaret's"),
      place("Fenside School", "Wisbech", "fruit canning", "the Nene", "the Lithuanian parish"),
      place("Greensand Primary School", "Ely", "eel traps", "the Great Ouse", "the cathedral"),
      place(
        "Hythe Quay College",
        "Colchester",
        "oyster layings",
        "the Colne",
        "the synagogue in Priory Street",
      ),
      place("Stour Valley School", "Sudbury", "silk weaving", "the Stour", "the Friends' meeting house"),
      place("Tollgate Primary School", "Ipswich", "the maltings", "the Orwell", "the Bangladeshi centre"),
      place(
        "Walsoken Primary School",
        "King's Lynn",
        "the Hanse warehouse",
        "the Wash",
        "St Nicholas' Chapel",
      ),
      place("Yare Academy", "Norwich", "shoe making", "the Wensum", "the Octagon chapel"),
    ],
  },
  {
    id: "midlands",
    name: "Midlands region",
    places: [
      place(
        "Arboretum Primary School",
        "Walsall",
        "saddlery",
        "the canal at Birchills",
        "the gurdwara in Caldmore",
      ),
      place("Belgrave Road Academy", "Leicester", "hosiery", "the Soar", "the Jain centre"),
      place(
        "Canalside School",
        "Wolverhampton",
        "lock making",
        "the Birmingham Canal",
        "the gurdwara in Sedgley Street",
      ),
      place("Derwent Mill School", "Belper", "cotton spinning", "the Derwent", "the Unitarian chapel"),
      place("Etruria Academy", "Stoke-on-Trent", "pottery", "the Trent and Mersey Canal", "Bethesda chapel"),
      place(
        "Foleshill Church of England Primary School",
        "Coventry",
        "ribbon weaving",
        "the Sherbourne",
        "the cathedral and its ruins",
      ),
      place("Lacemarket College", "Nottingham", "lace", "the Trent", "the Polish parish"),
      place("Needle Mill Primary School", "Redditch", "needles", "the Arrow", "the mosque in Easemore Road"),
      place("Quarry Bank Primary School", "Dudley", "chain making", "the Stour", "the mission hall"),
      place(
        "Sparkbrook High School",
        "Birmingham",
        "small arms and bicycles",
        "the Cole",
        "the Balti triangle's mosques",
      ),
      place(
        "Tame Bridge School",
        "West Bromwich",
        "spring making",
        "the Tame",
        "the gurdwara in the High Street",
      ),
      place("Wrekin View Academy", "Telford", "iron", "the Severn", "the Quaker meeting in Coalbrookdale"),
    ],
  },
  {
    id: "north",
    name: "North region",
    places: [
      place("Aire Valley School", "Keighley", "worsted spinning", "the Aire", "the mosque in Emily Street"),
      place(
        "Calder Bank Primary School",
        "Brighouse",
        "toffee and card making",
        "the Calder",
        "the Methodist chapel",
      ),
      place("Derwentside Academy", "Consett", "steel", "the Derwent", "St Patrick's"),
      place("Eastmoor School", "Wakefield", "coal and glass", "the Calder", "the chantry on the bridge"),
      place("Harbour Academy Grimsby", "Grimsby", "the fish docks", "the haven", "the Fishermen's Chapel"),
      place("Headland Primary School", "Hartlepool", "shipbuilding", "the Slake", "St Hilda's"),
      place("Humber Bank Academy", "Hessle", "keels and tile yards", "the Humber", "All Saints"),
      place(
        "Irwell High School",
        "Salford",
        "the ship canal",
        "the Irwell",
        "the synagogues of Broughton Park",
      ),
      place(
        "Lune Street Primary School",
        "Lancaster",
        "the slave trade and linoleum",
        "the Lune",
        "the Priory",
      ),
      place("Ribble Academy", "Preston", "cotton", "the Ribble", "the Guild and its churches"),
      place(
        "Tyne Quay School",
        "South Shields",
        "coal and the Yemeni seamen",
        "the Tyne",
        "the Al-Azhar mosque",
      ),
      place("Wear Valley Primary School", "Sunderland", "glass", "the Wear", "St Peter's at Monkwearmouth"),
    ],
  },
  {
    id: "south",
    name: "South region",
    places: [
      place("Chalk Down Primary School", "Winchester", "wool", "the Itchen", "the cathedral"),
      place("Dockyard Academy", "Portsmouth", "block making", "the Camber", "the Royal Garrison Church"),
      place("Forest Edge School", "Lymington", "salt", "the Solent", "the Baptist chapel"),
      place(
        "Gravesend Reach Academy",
        "Gravesend",
        "shrimping and the pilots",
        "the Thames",
        "the Guru Nanak Darbar",
      ),
      place("Kennet School", "Newbury", "broadcloth", "the Kennet", "St Nicolas'"),
      place("Lea Bridge Primary School", "Waltham Cross", "gunpowder", "the Lea", "the abbey"),
      place("Medway Towns College", "Chatham", "ropes", "the Medway", "the Huguenot hospital"),
      place(
        "Solent Primary School",
        "Fareham",
        "brick making",
        "the Solent",
        "the castle church at Portchester",
      ),
      place(
        "Southall Green High School",
        "Southall",
        "the bus garage and the rubber works",
        "the Grand Union Canal",
        "the Gurdwara Sri Guru Singh Sabha",
      ),
      place("Thames Park School", "Tilbury", "the docks", "the Thames", "the seamen's mission"),
      place("Test Valley School", "Romsey", "paper", "the Test", "the abbey"),
    ],
  },
  {
    id: "west",
    name: "West region",
    places: [
      place("Avonmouth Academy", "Bristol", "sugar and tobacco", "the Avon", "the New Room"),
      place("Brunel Road Primary School", "Swindon", "the railway works", "the canal", "the Polish church"),
      place(
        "Carnon Downs Primary School",
        "Truro",
        "tin streaming",
        "the Fal",
        "the Methodist chapel at Gwennap Pit",
      ),
      place("Exe Estuary School", "Topsham", "serge and shipbuilding", "the Exe", "the Dutch houses' chapel"),
      place("Forest of Dean High School", "Cinderford", "free mining", "the Severn", "Bilson chapel"),
      place("Plym Academy", "Plymouth", "the dockyard", "the Hamoaze", "the synagogue in Catherine Street"),
      place(
        "Severn Beach Primary School",
        "Gloucester",
        "pins and matches",
        "the Severn",
        "the mosque in Ryecroft Street",
      ),
      place("Teign School", "Newton Abbot", "ball clay", "the Teign", "the Quaker meeting"),
      place("Wye Valley Primary School", "Ross-on-Wye", "cider", "the Wye", "St Mary's"),
    ],
  },
];
