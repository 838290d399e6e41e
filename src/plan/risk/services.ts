import { hasOption, subcommand } from "../shell/invocation.ts";
import { type RiskFinding, type RiskRule, fetches, found, reads } from "./risk-finding.ts";

function second(rest: readonly { readonly literal?: string; readonly raw: string }[]): string {
  const word = rest.find((each) => !each.raw.startsWith("-"));
  return word?.literal ?? word?.raw ?? "";
}

const dockerReads = [
  "ps",
  "images",
  "logs",
  "inspect",
  "version",
  "info",
  "port",
  "stats",
  "top",
  "history",
  "diff",
  "events",
  "ls",
];
const dockerFetches = ["pull", "build", "buildx", "search", "login", "create"];
const dockerObjects = ["volume", "system", "image", "container", "network", "builder"];

const docker: RiskRule = (call) => {
  const sub = subcommand(call, ["-H", "--context", "-c", "-f", "--file", "-p", "--project-name", "--env-file"]);
  if (sub === undefined || dockerReads.includes(sub.name)) return [];
  const values = sub.rest.map((word) => word.literal ?? word.raw);
  if (sub.name === "compose") return compose(second(sub.rest), values);
  if (sub.name === "push") return found("publish", "publishes an image");
  const pushes =
    (sub.name === "buildx" && hasOption(values, "--push")) || (sub.name === "image" && second(sub.rest) === "push");
  if (pushes) return found("publish", "publishes an image");
  if (dockerObjects.includes(sub.name)) return dockerObject(sub.name, second(sub.rest));
  if (dockerFetches.includes(sub.name)) return fetches("fetches images");
  if (sub.name === "rmi") return found("destructive", "deletes images");
  return found("outside", "changes containers of this machine");
};

function dockerObject(object: string, verb: string): readonly RiskFinding[] {
  if (dockerReads.includes(verb) || verb === "df") return [];
  if (verb === "prune" || (verb === "rm" && object !== "container"))
    return found("destructive", `deletes ${object}s of this machine`);
  return found("outside", "changes containers of this machine");
}

function compose(verb: string, values: readonly string[]): readonly RiskFinding[] {
  if ([...dockerReads, "config", ""].includes(verb)) return [];
  if (verb === "down" && hasOption(values, "-v", "--volumes"))
    return found("destructive", "deletes the volumes with their data");
  if (verb === "rm" && hasOption(values, "-v")) return found("destructive", "deletes the volumes with their data");
  if (verb === "push") return found("publish", "publishes images");
  if (verb === "pull" || verb === "build") return fetches("fetches images");
  return found("outside", "changes containers of this machine");
}

const dockerCompose: RiskRule = (call) => {
  const sub = subcommand(call, ["-f", "--file", "-p", "--project-name", "--env-file"]);
  return sub === undefined ? [] : compose(sub.name, call.values);
};

interface Cluster {
  readonly local: readonly string[];
  readonly asks: readonly string[];
  readonly destroys: readonly string[];
  readonly valued?: readonly string[];
  /** Options, or second words behind a first, that make the worst of it. */
  readonly worse?: RegExp;
  /** Second words that change what a first only asks for. */
  readonly changes?: RegExp;
  /** Calls that change the settings of this user. */
  readonly settings?: RegExp;
}

function cluster(table: Cluster): RiskRule {
  return (call) => {
    const sub = subcommand(call, table.valued ?? []);
    const said = call.values.join(" ");
    if (table.worse?.test(said) === true) return found("destructive", "destroys what others may use");
    if (table.changes?.test(said) === true) return found("publish", "changes what others use");
    if (table.settings?.test(said) === true) return found("outside", "changes the settings of this user");
    if (sub === undefined || table.local.includes(sub.name)) return [];
    if (table.destroys.includes(sub.name)) return found("destructive", `\`${sub.name}\` destroys what others may use`);
    const asks =
      table.asks.includes(sub.name) || hasOption(call.values, "--dry-run", "--dry-run=client", "--dry-run=server");
    return asks ? found("network", "asks a service") : found("publish", "changes what others use");
  };
}

const destroyingVerbs = /^(?:delete|rm|rb|remove|terminate|destroy|purge)(?:-|$)/;
const askingVerbs = /^(?:list|ls|get|describe|show|head|info|version|configure|config|auth|account|wait|help)(?:-|$)/;

/** Command lines of clouds: the verb stands somewhere behind the service. */
const cloud: RiskRule = (call) => {
  const verbs = call.values.filter((value) => /^[a-z][a-z-]*$/.test(value)).slice(0, 5);
  if (verbs.length === 0) return [];
  if (verbs.some((verb) => destroyingVerbs.test(verb)) || hasOption(call.values, "--delete"))
    return found("destructive", "destroys something in the cloud");
  return verbs.some((verb) => askingVerbs.test(verb))
    ? found("network", "asks the cloud")
    : found("publish", "changes something in the cloud");
};

const github: RiskRule = (call) => {
  const sub = subcommand(call, ["-R", "--repo"]);
  if (sub === undefined || ["help", "version", "completion", "alias"].includes(sub.name)) return [];
  if (sub.name === "api") {
    const writes =
      hasOption(call.values, "-f", "-F", "--field", "--raw-field", "--input") ||
      call.values.some((value) => /^(?:POST|PUT|PATCH|DELETE)$/.test(value));
    if (call.values.some((value) => /^(?:-X|--method=)?DELETE$/.test(value)))
      return found("destructive", "deletes something on GitHub");
    return writes ? found("publish", "changes something on GitHub") : found("network", "asks GitHub");
  }
  const verb = second(sub.rest);
  if (verb === "delete") return found("destructive", `deletes a ${sub.name}`);
  return ["list", "view", "status", "diff", "checks", "watch", "download", "clone", "checkout", "token", ""].includes(
    verb,
  ) || sub.name === "search"
    ? fetches("asks GitHub")
    : found("publish", "changes something on GitHub");
};

const kubectl: Cluster = {
  local: ["version", "config", "completion", "kustomize", "help", "options"],
  asks: [
    "get",
    "describe",
    "logs",
    "explain",
    "top",
    "diff",
    "wait",
    "rollout",
    "auth",
    "api-resources",
    "cluster-info",
    "port-forward",
    "events",
  ],
  destroys: ["delete", "drain"],
  valued: ["-n", "--namespace", "--context", "--kubeconfig", "-l"],
  worse: /^(?:.* )?replace (?:.* )?--force(?: |$)/,
  changes: /(?:^| )rollout (?:restart|undo|pause|resume)(?: |$)/,
  settings:
    /(?:^| )config (?:use-context|use|set|unset|set-context|set-cluster|set-credentials|delete-\w+|rename-context)(?: |$)/,
};

const terraform: Cluster = {
  local: ["validate", "fmt", "version", "graph", "show", "output", "console", "help"],
  asks: ["init", "plan", "get", "providers", "refresh", "test", "login"],
  destroys: ["destroy", "taint", "state"],
  worse: /(?:^| )apply (?:.* )?-{1,2}destroy(?: |$)/,
};

/** Programs that change services: containers, clusters, clouds. */
export const servicePrograms: Readonly<Record<string, RiskRule>> = {
  docker,
  podman: docker,
  "docker-compose": dockerCompose,
  kubectl: cluster(kubectl),
  helm: cluster({
    local: ["template", "lint", "version", "env", "show", "package"],
    asks: ["list", "status", "get", "repo", "search", "pull", "dependency", "history", "test", "diff"],
    destroys: ["uninstall", "delete"],
    valued: ["-n", "--namespace", "--kube-context", "--kubeconfig"],
  }),
  terraform: cluster(terraform),
  tofu: cluster(terraform),
  pulumi: cluster({ local: ["version"], asks: ["preview", "stack", "config", "login"], destroys: ["destroy"] }),
  ansible: cluster({ local: [], asks: [], destroys: [] }),
  "ansible-playbook": (call) =>
    hasOption(call.values, "--syntax-check", "--list-tasks")
      ? []
      : hasOption(call.values, "--check", "-C")
        ? found("network", "asks other machines")
        : found("publish", "changes other machines"),
  vercel: cluster({
    local: ["--version"],
    asks: ["ls", "list", "inspect", "logs", "whoami", "env"],
    destroys: ["rm", "remove"],
    changes: /(?:^| )--prod(?: |$)/,
  }),
  aws: cloud,
  gcloud: cloud,
  gsutil: cloud,
  az: cloud,
  doctl: cloud,
  heroku: cloud,
  fly: cloud,
  flyctl: cloud,
  gh: github,
  glab: github,
  gitleaks: reads,
};
