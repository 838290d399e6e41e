import { hasOption, operands } from "../shell/invocation.ts";
import { type RiskFinding, type RiskRule, always, found } from "./risk-finding.ts";

const publishes = always("publish", "publishes to others");
const mails = always("publish", "sends mail");

/** Publishes when one of its words says so, otherwise may write files. */
function publishesBy(...verbs: readonly string[]): RiskRule {
  return (call) =>
    operands(call.args).some((word) => verbs.includes(word.literal ?? word.raw)) && !hasOption(call.values, "--dry-run")
      ? publishes(call)
      : mayWrite;
}

/** Destroys data when one of its words says so, otherwise may write files. */
function destroysBy(verbs: RegExp): RiskRule {
  return (call) => {
    const verb = call.values.find((value) => verbs.test(value));
    return verb === undefined ? mayWrite : found("destructive", `\`${verb}\` deletes data`);
  };
}

const mayWrite: readonly RiskFinding[] = [{ risk: "workspace", reason: "may write files", writes: false }];

const http: RiskRule = (call) =>
  call.values.some((value) => /^(?:POST|PUT|PATCH|DELETE)$|^[\w-]+:?=(?!=)/.test(value))
    ? found("publish", "sends data to others")
    : found("network", "asks another machine");

const django: RiskRule = (call) =>
  call.values[0] === "manage.py" || call.values[0]?.endsWith("/manage.py") === true
    ? destroysBy(/^(?:flush|sqlflush|reset_db)$/)(call)
    : mayWrite;

/** Tools that hand things to others, and frameworks that destroy data by a word of theirs. */
export const publishingPrograms: Readonly<Record<string, RiskRule>> = {
  "semantic-release": (call) => (hasOption(call.values, "--dry-run", "-d") ? mayWrite : publishes(call)),
  lerna: publishesBy("publish"),
  changeset: publishesBy("publish"),
  "release-it": publishes,
  flit: publishesBy("publish"),
  vsce: publishesBy("publish", "unpublish"),
  ovsx: publishesBy("publish"),
  goreleaser: (call) => (hasOption(call.values, "--snapshot") ? mayWrite : publishesBy("release", "publish")(call)),
  nuget: publishesBy("push"),
  skopeo: publishesBy("copy", "sync", "delete"),
  crane: publishesBy("push", "copy", "cp", "append", "delete"),
  oras: publishesBy("push", "copy", "cp"),
  netlify: publishesBy("deploy"),
  wrangler: publishesBy("deploy", "publish", "put", "delete"),
  firebase: publishesBy("deploy"),
  serverless: publishesBy("deploy", "remove"),
  "gh-pages": publishes,
  mail: mails,
  mailx: mails,
  sendmail: mails,
  mutt: mails,
  http,
  https: http,
  xh: http,
  rails: destroysBy(/^db:(?:drop|reset|purge|truncate_all|schema:load)(?::|$)/),
  rake: destroysBy(/^db:(?:drop|reset|purge|truncate_all|schema:load)(?::|$)/),
  artisan: destroysBy(/^(?:migrate:(?:fresh|reset|refresh)|db:wipe)$/),
  prisma: destroysBy(/^(?:reset|--force-reset|--accept-data-loss)$/),
  alembic: destroysBy(/^downgrade$/),
  python: django,
  python3: django,
  "django-admin": destroysBy(/^(?:flush|sqlflush|reset_db)$/),
};
