import { hasOption, operands } from "../shell/invocation.ts";
import { type RiskCall, type RiskFinding, type RiskRule, always, found, writesTo } from "./risk-finding.ts";

const loopback =
  /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)(?::\d+|:\$\{?\w+\}?)?(?:[/?#]|$)/;
const sending = [
  "-d",
  "--data",
  "--data-raw",
  "--data-binary",
  "--data-urlencode",
  "--json",
  "-F",
  "--form",
  "-T",
  "--upload-file",
];
const curlValued = [
  ...sending,
  "-X",
  "--request",
  "-H",
  "--header",
  "-o",
  "--output",
  "-w",
  "--write-out",
  "-u",
  "-m",
  "--max-time",
  "-A",
  "-b",
  "-c",
  "--retry",
  "--retry-delay",
  "--connect-timeout",
  "--cacert",
  "--cert",
  "--key",
];

const curl: RiskRule = (call) => {
  const { values } = call;
  const urls = operands(call.args, curlValued);
  const local = urls.length > 0 && urls.every((word) => loopback.test(word.literal ?? word.raw.replace(/^["']/, "")));
  const saved = valuesAfter(call, ["-o", "--output"]);
  const written = hasOption(values, "-O", "--remote-name")
    ? found("workspace", "saves what it fetched")
    : writesTo(call, saved, "saves to");
  const method = valuesAfter(call, ["-X", "--request"])[0]?.literal ?? "";
  const sends = hasOption(values, ...sending) || /^(?:POST|PUT|PATCH|DELETE)$/i.test(method);
  if (local) return sends ? [...found("workspace", "changes a service on this machine"), ...written] : written;
  const asked: readonly RiskFinding[] = sends
    ? found("publish", `sends data to others (${method || "POST"})`)
    : found("network", "asks another machine");
  return [...asked, ...written];
};

function valuesAfter(call: RiskCall, options: readonly string[]): RiskCall["args"] {
  return call.args.filter((_, index) => options.includes(call.values[index - 1] ?? ""));
}

const wget: RiskRule = (call) => [
  ...(hasOption(call.values, "--post-data", "--post-file", "--body-data", "--body-file", "--method")
    ? found("publish", "sends data to others")
    : found("network", "fetches from another machine")),
  ...(hasOption(call.values, "--spider", "-O-") || call.values.includes("/dev/null")
    ? []
    : found("workspace", "saves what it fetched")),
];

function copiesTo(call: RiskCall): boolean {
  const target = operands(call.args, ["-e", "-i", "-P", "-p", "-o", "--exclude", "--include"]).at(-1);
  return target !== undefined && /^[\w.@$"{}-]+:/.test(target.raw);
}

const scp: RiskRule = (call) =>
  copiesTo(call)
    ? found("publish", "copies files to another machine")
    : found("network", "copies files from another machine");

const rsync: RiskRule = (call) => {
  const deleted = hasOption(
    call.values,
    "--delete",
    "--delete-after",
    "--delete-before",
    "--delete-during",
    "--delete-delay",
    "--delete-excluded",
    "--del",
    "--remove-source-files",
  )
    ? found("destructive", "deletes what the source does not have")
    : [];
  const remote = call.args.some((word) => /^[\w.@$"{}-]+:/.test(word.raw));
  if (copiesTo(call)) return [...found("publish", "copies files to another machine"), ...deleted];
  const copied = remote
    ? found("network", "copies files from another machine")
    : writesTo(call, operands(call.args).slice(-1), "copies to");
  return [...copied, ...deleted];
};

const asks: RiskRule = always("network", "asks another machine");

/** Programs that talk to other machines. */
export const networkPrograms: Readonly<Record<string, RiskRule>> = {
  curl,
  wget,
  ssh: () => [{ risk: "network", reason: "runs commands on another machine", writes: true }],
  "ssh-copy-id": always("publish", "gives another machine your key"),
  scp,
  sftp: asks,
  ftp: asks,
  rsync,
  telnet: asks,
  ping: asks,
  dig: asks,
  nslookup: asks,
  host: asks,
  traceroute: asks,
  whois: asks,
  nc: (call) => (call.values.some((value) => /^(?:localhost|127\.|::1)/.test(value)) ? [] : asks(call)),
  ncat: asks,
  openssl: (call) => (call.values[0] === "s_client" ? asks(call) : found("workspace", "may write keys")),
};
