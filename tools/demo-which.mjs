// `npm run demo` plays the tour; `npm run demo -- assistant` the scripted assistant.
const [which = "tour"] = process.argv.slice(2);
const plays = { tour: "./demo.mjs", assistant: "./demo-assistant.mjs" };
if (plays[which] === undefined) {
  process.stderr.write(`There is no demo "${which}"; there are ${Object.keys(plays).join(" and ")}.\n`);
  process.exit(2);
}
await import(plays[which]);
