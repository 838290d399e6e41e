import { type CheckRule, check, oneOf, weak } from "./check-rule.ts";

const lint = (mutedBy: readonly string[] = [], not: readonly string[] = []): CheckRule =>
  check("lint", { mutedBy, not });

/** Scanners that only report unless an option makes their findings count. */
const scanner = (note: string, ...needs: readonly string[]): CheckRule =>
  oneOf(check("security", { needs, mutedBy: ["--exit-code=0"] }), weak("security", note));

const terraform = oneOf(
  check("validity", { needs: ["validate"] }),
  check("format", { needs: ["-check"] }),
  check("comparison", { needs: ["-detailed-exitcode"] }),
  weak("comparison", "`plan` passes whatever it would change; add `-detailed-exitcode`", ["plan"]),
);

/** Linters, type checkers, formatters and scanners by program. */
export const linters: Readonly<Record<string, CheckRule>> = {
  eslint: lint([], ["--print-config", "--init"]),
  oxlint: lint(),
  biome: check("lint", { needs: ["check", "lint", "ci", "format"], not: ["--write"] }),
  standard: lint(),
  xo: lint(),
  stylelint: lint(),
  knip: lint(["--no-exit-code"]),
  ruff: oneOf(
    check("lint", { needs: ["check"], mutedBy: ["--exit-zero", "-e"] }),
    check("format", { needs: ["--check", "--diff"] }),
  ),
  flake8: lint(["--exit-zero"]),
  pylint: lint(["--exit-zero", "--fail-under=0"]),
  pycodestyle: lint(),
  pydocstyle: lint(),
  shellcheck: lint(),
  hadolint: lint(["--no-fail"]),
  yamllint: lint([], ["--list-files"]),
  markdownlint: lint(),
  actionlint: lint(),
  "ansible-lint": lint(["--warn-list=all"]),
  codespell: lint(),
  "golangci-lint": check("lint", { needs: ["run"], mutedBy: ["--issues-exit-code=0"] }),
  staticcheck: lint(["-fail=none", "-fail=-all"]),
  rubocop: lint([], ["-A", "-a", "--auto-correct", "--autocorrect"]),
  phpstan: lint(),
  detekt: lint(),
  ktlint: lint(),
  mypy: check("types"),
  pyright: check("types"),
  tsc: check("types", { not: ["--init", "--watch", "-w", "--showConfig"] }),
  flow: check("types", { needs: ["check"] }),
  sorbet: check("types"),
  black: check("format", { needs: ["--check", "--diff"] }),
  isort: check("format", { needs: ["--check", "--check-only", "-c"] }),
  prettier: check("format", { needs: ["--check", "-c", "--list-different", "-l"] }),
  rustfmt: check("format", { needs: ["--check"] }),
  bandit: check("security", { mutedBy: ["--exit-zero"] }),
  safety: check("security", { needs: ["check", "scan"], mutedBy: ["--continue-on-error"] }),
  "pip-audit": check("security"),
  snyk: check("security", { needs: ["test"] }),
  trivy: scanner("it reports and passes; add `--exit-code 1`", "--exit-code"),
  grype: scanner("it reports and passes; add `--fail-on high`", "--fail-on", "-f"),
  semgrep: oneOf(
    check("security", { needs: ["--error", "ci"] }),
    weak("security", "it reports and passes; add `--error`"),
  ),
  checkov: check("security", { mutedBy: ["--soft-fail", "-s"] }),
  tfsec: check("security", { mutedBy: ["--soft-fail", "-s"] }),
  gitleaks: check("security", { mutedBy: ["--exit-code=0"] }),
  terraform,
  tofu: terraform,
};
