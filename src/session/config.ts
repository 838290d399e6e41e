import { distanceWithin } from "#graph/distance";
import { type Config, type ConfigWaiver, type PolicyDecision, defaultConfig } from "#model/config";
import type { Severity } from "#model/finding";
import type { Span } from "#model/source";
import { type RiskClass, riskOrder } from "#model/understanding";
import { ruleNames } from "#rules/codes";
import type { ConfigProblem } from "#rules/facts";
import { matchesGlob } from "#rules/glob";
import { assistantsKey, type ConfigKeyName, waiverKeys } from "./config-keys.ts";
import type { ConfigEntry, ConfigMap, ConfigNode } from "./config-node.ts";
import { type ValueReader, createReaders } from "./config-values.ts";
import { readYaml } from "./read-yaml.ts";

/** Name of the configuration file at the root of a workspace. */
export const configFileName = "iplan.config.yaml";

/** The settings, with everything that is wrong in the file; what is wrong has its default. */
export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Reads the text of a configuration file. `today` is the day (`YYYY-MM-DD`) on which waivers are judged. Never throws. */
export async function readConfig(text: string, today: string): Promise<ReadConfig> {
  const tree = await readYaml(text);
  const problems: ConfigProblem[] = tree.problems.map(({ start, end, message, ...cause }) => {
    return { kind: "bad-value", key: "", message: `The configuration ${message}`, range: { start, end }, ...cause };
  });
  const refused = new Set(tree.problems.map(({ start, end }) => `${start}-${end}`));
  if (tree.root === undefined || (tree.root.kind === "scalar" && tree.root.value === null)) {
    return { config: defaultConfig, problems };
  }
  const complain = (kind: ConfigProblem["kind"], key: string, message: string, range: Span): void => {
    // Why: a value that was refused has no form that could be wrong.
    if (refused.has(`${range.start}-${range.end}`)) return;
    problems.push({ kind, key, message, range: { start: range.start, end: range.end } });
  };
  return { config: new ConfigReader(complain, today).read(tree.root), problems };
}

type Complain = (kind: ConfigProblem["kind"], key: string, message: string, range: Span) => void;
type Writable = { -readonly [Key in keyof Config]: Config[Key] };

/** One reader for each key; a forgotten one does not compile. */
type KeyReaders = { readonly [Key in ConfigKeyName]: (node: ConfigNode) => void };

/** Reads the known keys one by one; a wrong value leaves the default. */
class ConfigReader {
  readonly #complain: Complain;
  readonly #today: string;
  readonly #config: Writable = { ...defaultConfig };

  constructor(complain: Complain, today: string) {
    this.#complain = complain;
    this.#today = today;
  }

  read(root: ConfigNode): Config {
    if (root.kind !== "map") {
      this.#complain("bad-value", "", "The configuration must be a map of settings, such as `docs: docs`.", root);
      return this.#config;
    }
    const readers: Readonly<Record<string, (node: ConfigNode) => void>> = this.#keys();
    const known = Object.keys(readers);
    for (const { key, keySpan, value } of root.entries) {
      const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (read === undefined) this.#unknown(key, known, keySpan);
      else if (value.kind !== "scalar" || value.value !== null) read(value);
    }
    return this.#config;
  }

  #keys(): KeyReaders {
    const config = this.#config;
    const values = createReaders((key, message, range) => this.#complain("bad-value", key, message, range));
    const set = <Key extends keyof Config>(key: Key, value: Config[Key] | undefined): void => {
      if (value !== undefined) config[key] = value;
    };
    return {
      profile: (node) => set("profile", values.text(node, "profile")),
      docs: (node) => set("docs", values.directory(node, "docs")),
      sources: (node) => set("sources", values.texts(node, "sources")),
      ignore: (node) => set("ignore", values.texts(node, "ignore")),
      timeout: (node) => set("timeoutMs", values.duration(node, "timeout")),
      secrets: (node) => set("secrets", values.names(node, "secrets")),
      policy: (node) => {
        set("policy", this.#policy(withoutEntry(node, assistantsKey), values));
        const named = entryOf(node, assistantsKey)?.value;
        if (named !== undefined) set("assistants", values.names(named, `policy.${assistantsKey}`));
      },
      rules: (node) => {
        set("rules", values.words<Severity | "off">(node, "rules", ["error", "warning", "info", "off"]));
        for (const { key, keySpan } of node.kind === "map" ? node.entries : []) {
          if (!ruleNames.some((name) => name === key))
            this.#complain("unknown-key", `rules.${key}`, noRule(key), keySpan);
        }
      },
      waivers: (node) => set("waivers", this.#waivers(node, values)),
      reports: (node) => set("reports", values.texts(node, "reports")),
    };
  }

  #policy(node: ConfigNode, values: ValueReader): Config["policy"] {
    const read = values.words<PolicyDecision>(node, "policy", ["allow", "confirm", "deny"]) ?? {};
    const policy: Record<RiskClass, PolicyDecision> = { ...defaultConfig.policy };
    for (const [key, decision] of Object.entries(read)) {
      const risk = riskOrder.find((each) => each === key);
      const range = entryOf(node, key)?.keySpan ?? node;
      if (risk === undefined) this.#unknown(`policy.${key}`, [...riskOrder, assistantsKey], range);
      else if (risk === "destructive" && decision === "allow") {
        const message = "Destructive commands always ask for a confirmation of their own: write `confirm` or `deny`.";
        this.#complain("bad-value", "policy.destructive", message, range);
      } else policy[risk] = decision;
    }
    return policy;
  }

  #waivers(node: ConfigNode, values: ValueReader): readonly ConfigWaiver[] | undefined {
    return values.list(node, "waivers", (item, key) => this.#waiver(item, key, values));
  }

  #waiver(node: ConfigNode, key: string, values: ValueReader): ConfigWaiver | undefined {
    const map = values.map(node, key);
    if (map === undefined) return undefined;
    for (const entry of map.entries) {
      if (!waiverKeys.some((known) => known === entry.key))
        this.#unknown(`${key}.${entry.key}`, waiverKeys, entry.keySpan);
    }
    const part = (name: string): string | undefined => {
      const value = entryOf(map, name)?.value;
      return value === undefined ? undefined : values.text(value, `${key}.${name}`);
    };
    const rule = part("rule");
    const path = part("path");
    const glob = rule ?? "";
    if (rule !== undefined && !ruleNames.some((name) => matchesGlob(glob, name)))
      this.#complain("bad-value", `${key}.rule`, noRule(rule), entryOf(map, "rule")?.value ?? map);
    if (rule === undefined || path === undefined) {
      const message = "A waiver names its rule and place: write `rule: family/name` and `path: docs/**`.";
      this.#complain("bad-value", key, message, map);
      return undefined;
    }
    const reason = this.#reason(map, key);
    if (reason === undefined) return undefined;
    const expires = this.#expiry(map, key, values);
    return expires === undefined ? { rule, path, reason } : { rule, path, reason, expires };
  }

  #reason(map: ConfigMap, key: string): string | undefined {
    const node = entryOf(map, "reason")?.value;
    if (node?.kind === "scalar" && typeof node.value === "string" && node.value.trim() !== "") return node.value;
    const message = "A waiver says why: write `reason: …`. Until then it covers nothing.";
    this.#complain("waiver-without-reason", `${key}.reason`, message, node ?? map);
    return undefined;
  }

  #expiry(map: ConfigMap, key: string, values: ValueReader): string | undefined {
    const node = entryOf(map, "expires")?.value;
    if (node === undefined) return undefined;
    const day = values.day(node, `${key}.expires`);
    if (day !== undefined && day < this.#today) {
      const message = `This waiver ended on ${day}: remove it, or renew it with a new day and reason.`;
      this.#complain("expired-waiver", `${key}.expires`, message, node);
    }
    // Why: a waiver whose end cannot be read must not hold for ever.
    return day ?? "0000-00-00";
  }

  #unknown(key: string, known: readonly string[], range: Span): void {
    this.#complain("unknown-key", key, `"${key}" is no setting. Known are: ${known.join(", ")}.`, range);
  }
}

/** What is said of a name that no rule has. */
function noRule(name: string): string {
  const like = ruleNames.filter((one) => distanceWithin(name.toLowerCase(), one, 3) !== undefined);
  const cure =
    like.length > 0 ? `Did you mean ${like.slice(0, 3).join(" or ")}?` : "docs/rules/README.md of iplan lists them.";
  return `There is no rule "${name}". ${cure}`;
}

function withoutEntry(node: ConfigNode, key: string): ConfigNode {
  if (node.kind !== "map") return node;
  return { ...node, entries: node.entries.filter((entry) => entry.key !== key) };
}

function entryOf(node: ConfigNode, key: string): ConfigEntry | undefined {
  return node.kind === "map" ? node.entries.find((entry) => entry.key === key) : undefined;
}
