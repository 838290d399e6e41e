// One chapter: the evidence of the finished plan leaves the workspace in one file, is verified where there is nothing else, and one changed byte is refused.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, heading, home, json, must, say, show } from "./demo-stage.mjs";

/** The record as it was before the end of the demo: nothing of the workspace is needed any more. */
export function tellBundle(workspace, plan) {
  heading("Chapter 6: the evidence goes to somebody else");
  const file = `${plan}.iplan-bundle.tar`;
  must(show(workspace, ["export", "bundle", plan]) === 0, "the bundle was not written");
  const elsewhere = join(home, "elsewhere");
  mkdirSync(elsewhere);
  copyFileSync(join(workspace, file), join(elsewhere, file));
  say("\nIn an empty folder, without the workspace and its key:");
  must(show(elsewhere, ["verify", "--bundle", file]) === 4, "the copy does not say what the workspace says");

  const path = join(elsewhere, file);
  const bytes = readFileSync(path);
  const at = bytes.indexOf('"type":"block-ended"');
  must(at > 0, "the bundle holds no evidence");
  bytes[at] ^= 1;
  writeFileSync(path, bytes);
  command(`# one bit of byte ${at} is turned`);
  must(show(elsewhere, ["verify", "--bundle", file]) === 1, "a changed byte was not refused");
  const { problems } = json(elsewhere, ["verify", "--bundle", file]).data;
  must(
    problems.length === 1 && problems[0].offset <= at,
    `the changed byte was not located: ${JSON.stringify(problems)}`,
  );
}
