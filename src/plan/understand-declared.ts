import type { Claim } from "#model/claim";
import type { ModuleSpecification, Plan } from "#model/plan";
import type { Hash } from "#model/ports";
import type { UnderstoodOutcome } from "#model/understanding";
import { readPath } from "./claims/path-text.ts";
import { declaredTree } from "./declared-tree.ts";
import { digestOfAll } from "./digest.ts";

/** The declared file tree and modules as deliverables; what is not filled in, or cannot be told, is none. */
export function understandDeclared(plan: Plan, hash: Hash): readonly UnderstoodOutcome[] {
  return [...treeItem(plan, hash), ...plan.modules.flatMap((module, index) => moduleItem(module, index, hash))];
}

function treeItem(plan: Plan, hash: Hash): readonly UnderstoodOutcome[] {
  const tree = declaredTree(plan);
  const [first] = plan.fileTree;
  if (first === undefined || tree.length === 0) return [];
  const claims = tree.map(({ path, kind }): Claim => ({ kind: "path", path, expect: kind }));
  return [
    {
      key: "tree:1",
      kind: "deliverable",
      text: `File structure: ${tree.length} paths`,
      range: first.range,
      claims,
      why: "the plan declares its file tree",
      digest: digestOfAll(
        hash,
        tree.flatMap(({ path, kind }) => [kind, path]),
      ),
    },
  ];
}

function moduleItem(module: ModuleSpecification, index: number, hash: Hash): readonly UnderstoodOutcome[] {
  const path = readPath(module.file?.text ?? "");
  if (path === undefined || path.endsWith("/")) return [];
  const names = [...new Set([...module.classes, ...module.functions].flatMap(plainName))];
  const defined = names.map((name): Claim => ({ kind: "definition", path, name }));
  return [
    {
      key: `module:${index + 1}`,
      kind: "deliverable",
      text: `Module ${module.name}: ${[path, ...names].join(", ")}`,
      range: module.range,
      claims: [{ kind: "path", path, expect: "file" }, ...defined],
      why: "the plan declares the module and what it defines",
      digest: digestOfAll(hash, [path, ...names]),
    },
  ];
}

/** The name a list of classes or functions begins with: `issue(user)`, `Ledger: keeps entries`; none for prose. */
function plainName(written: string): readonly string[] {
  const name = /^`?([A-Za-z_$][\w$]{0,80})(?:\(.{0,200}\))?`?(?:\s*(?:[:–—]|->|- ).{0,400})?$/.exec(
    written.trim(),
  )?.[1];
  return name === undefined || /^(?:none|n\/a|tbd|todo)$/i.test(name) ? [] : [name];
}
