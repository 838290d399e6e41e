/** The one table of rooms: which rooms each room may import. `test/architecture.test.ts` keeps it. */
export const floors: Readonly<Record<string, readonly string[]>> = {
  model: [],
  profile: ["model"],
  journal: ["model"],
  measure: ["model"],
  render: ["model"],
  host: ["model"],
  parse: ["model", "profile"],
  graph: ["model", "profile"],
  plan: ["model", "profile"],
  rules: ["model", "profile", "graph", "plan"],
  author: ["model", "profile", "parse", "graph", "plan"],
  guide: ["model", "profile", "graph", "plan", "journal"],
  execute: ["model", "plan", "journal"],
  session: [
    "model",
    "profile",
    "journal",
    "measure",
    "render",
    "parse",
    "graph",
    "plan",
    "rules",
    "author",
    "guide",
    "execute",
  ],
  interfaces: ["session", "render", "model"],
};

/** Rooms that may use `node:*` and ambient Node types. */
export const outsideRooms: readonly string[] = ["host", "interfaces"];

/** Files that wire a Host into a session: the only interface files that may import `host`. */
export const mayImportHost = /^src\/interfaces\/[^/]+\/main\.ts$/;

/** No source file is longer than this many lines. */
export const longestFile = 400;
