import { hasOption } from "../shell/invocation.ts";
import { type CheckRule, check, oneOf, weak } from "./check-rule.ts";

const grep = check("comparison");

const git = oneOf(
  check("comparison", { needs: ["diff"], not: ["--stat", "--name-only"] }),
  check("presence", { needs: ["--error-unmatch"] }),
  check("presence", { needs: ["rev-parse", "show-ref", "cat-file", "fsck", "merge-base", "grep"] }),
);

const curl: CheckRule = (values) =>
  hasOption(values, "-f", "--fail", "--fail-with-body")
    ? { kind: "presence", strength: "checks" }
    : { kind: "presence", strength: "weak", note: "curl exits 0 on an HTTP error; add `-f`" };

/** `jq -e` asks, `jq empty` and `jq .` read; any other filter prints, and passes whatever it prints. */
const jq: CheckRule = (values) => {
  if (hasOption(values, "-e", "--exit-status")) return { kind: "comparison", strength: "checks" };
  const filter = values.find((value) => !value.startsWith("-"));
  if (filter === undefined || filter === "." || filter === "empty" || filter === "type")
    return { kind: "validity", strength: "checks" };
  if (/\berror\b|\bhalt_error\b/.test(filter)) return { kind: "comparison", strength: "checks" };
  return { kind: "validity", strength: "weak", note: "jq prints its answer and passes; add `-e`" };
};

const yq = oneOf(
  check("comparison", { needs: ["-e", "--exit-status"] }),
  weak("validity", "it prints its answer and passes; add `-e`, or compare what it prints"),
);

const docker: CheckRule = (values) => {
  const [first, second] = values.filter((value) => !value.startsWith("-"));
  if (first === "build" || first === "buildx") return { kind: "build", strength: "checks" };
  if (first === "compose" && (second === "config" || second === "build"))
    return { kind: "validity", strength: "checks" };
  return first === "inspect" || second === "inspect" ? { kind: "presence", strength: "checks" } : undefined;
};

const openssl = oneOf(
  check("validity", { needs: ["verify", "-checkend", "-verify"] }),
  weak("validity", "it shows and fails only when it cannot read; use `-checkend` or `verify`", [
    "x509",
    "req",
    "rsa",
    "pkey",
    "s_client",
  ]),
);

/** A statement that only prints a verdict passes whatever it prints. */
const sql: CheckRule = (values) =>
  values.some((value) => /\bCASE\b[\s\S]*\bTHEN\b/i.test(value))
    ? {
        kind: "comparison",
        strength: "weak",
        note: "the statement prints a verdict and passes; compare what it prints",
      }
    : undefined;

const sqlite: CheckRule = () => ({
  kind: "comparison",
  strength: "weak",
  note: "it prints rows and passes; compare what it prints",
});

const redis: CheckRule = (values) =>
  values.some((value) => value.toLowerCase() === "ping")
    ? { kind: "presence", strength: "checks" }
    : { kind: "presence", strength: "weak", note: "it prints the answer and passes; compare what it prints" };

const python = check("validity", { needs: ["json.tool", "py_compile", "compileall"] });
const checksum = check("comparison", { needs: ["-c", "--check"] });
const shell = check("validity", { needs: ["-n"] });
const pip = oneOf(check("presence", { needs: ["show"] }), check("validity", { needs: ["check"] }));

/** Comparisons, probes and validators by program. */
export const otherChecks: Readonly<Record<string, CheckRule>> = {
  pip,
  pip3: pip,
  poetry: oneOf(check("validity", { needs: ["check"] }), check("build", { needs: ["build"] })),
  helm: check("lint", { needs: ["lint", "test", "status", "template"] }),
  docker,
  podman: docker,
  "docker-compose": (values) => docker(["compose", ...values]),
  nginx: check("validity", { needs: ["-t"] }),
  diff: check("comparison"),
  cmp: check("comparison"),
  grep,
  egrep: grep,
  fgrep: grep,
  rg: grep,
  ag: grep,
  zgrep: grep,
  git,
  jq,
  yq,
  psql: sql,
  mysql: sql,
  sqlite3: sqlite,
  "redis-cli": redis,
  openssl,
  xmllint: check("validity"),
  sha256sum: checksum,
  sha1sum: checksum,
  sha512sum: checksum,
  md5sum: checksum,
  shasum: checksum,
  sort: check("comparison", { needs: ["-c", "-C", "--check"] }),
  bash: shell,
  sh: shell,
  python,
  python3: python,
  which: check("presence"),
  type: check("presence"),
  hash: check("presence", { not: ["-r", "-p", "-d"] }),
  lsof: check("presence"),
  nc: check("presence", { needs: ["-z"] }),
  pg_isready: check("presence"),
  curl,
  wget: check("presence"),
  expr: check("comparison"),
  let: check("comparison"),
  kill: check("presence", { needs: ["-0"] }),
  wait: (values) => (values.length > 0 ? { kind: "validity", strength: "checks" } : undefined),
};
