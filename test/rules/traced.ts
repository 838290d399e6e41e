import { createGraph, type TraceGraph } from "#graph/graph";
import { createMemoryHost } from "#host/memory";
import { createShellParser } from "#host/shell-parser";
import { createSourceFromText } from "#model/source";
import { documentAnchors } from "#parse/anchors";
import { parseMarkdown } from "#parse/markdown";
import type { DocumentTrace } from "#model/trace";
import { createTraceReader, type TraceReader, type TraceSubject } from "#parse/trace";
import { readYamlInDepth } from "#parse/trace/yaml-depth";
import { aidoc16 } from "#profile/aidoc-16";
import type { Profile } from "#profile/profile";
import type { RuleContext } from "#rules/rule";
import { subjectOf } from "#session/trace-documents";
import { acceptedFileName, createAcceptedLinks } from "#session/accepted-links";
import { classifyDocument } from "#session/classify";
import { registryContexts } from "#session/registry-documents";
import { ruleContexts } from "#session/check-documents";
import { gatherDocuments } from "#session/gather-documents";
import { openSession } from "#session/session";
import { openGraph } from "#session/trace-graph";
import { Digests } from "#session/meanings";
import { hash } from "./synthetic.ts";
import { contextUnderTest } from "./workbench.ts";

/** A file of a workspace under test. */
export interface FileUnderTest {
  readonly path: string;
  readonly text: string;
}

/** True for rules that look at the whole workspace: their fixtures and examples are several files. */
export function isTraced(name: string): boolean {
  return (
    /^(?:tag|trace|link)\//.test(name) ||
    name === "document/pair-disagrees" ||
    name === onRegistries ||
    onReports.has(name)
  );
}

const onRegistries = "document/registry-outdated";
/** Rules that look at reports, which only a session reads. */
const onReports: ReadonlySet<string> = new Set(["evidence/criterion-contradicted", "evidence/scenario-result"]);

/** What a rule that looks at the whole workspace sees of these files. */
export async function workspaceContexts(
  name: string,
  files: readonly FileUnderTest[],
): Promise<readonly RuleContext[]> {
  if (name !== onRegistries && !onReports.has(name)) return tracedContexts(files);
  const host = createMemoryHost({
    shellParser: await createShellParser(),
    files: Object.fromEntries(files.map(({ path, text }) => [`/ws/${path}`, text])),
  });
  host.files.put("/ws/iplan.config.yaml", "docs: docs\n");
  const session = await openSession(host, "/ws");
  if (name === onRegistries) return registryContexts(session, await openGraph(session));
  const gathered = await gatherDocuments(session, { documents: session.documents(), named: new Set() });
  // Why: what other rules found of a document alone is no finding of this one.
  return [...(await ruleContexts(session, gathered, false))].map(({ context }) =>
    Object.assign(context, { alone: undefined }),
  );
}

/** What a file says about tracing, as a session reads it. */
export function traceOf(reader: TraceReader, profile: Profile, { path, text }: FileUnderTest): DocumentTrace {
  const subject = codeSubject(path) ?? subjectOf({ path, ...classifyDocument(profile, path) });
  const trace = reader.read(subject, text);
  return reader.sure ? trace : reader.readInDepth(subject, text, readYamlInDepth);
}

/** Everything rules on tracing may know of each of these files, which together are a workspace. */
export function tracedContexts(files: readonly FileUnderTest[], profile: Profile = aidoc16): readonly RuleContext[] {
  const reader = createTraceReader(profile);
  const graph = createGraph(profile);
  for (const file of files) graph.set(traceOf(reader, profile, file));
  return contextsOn(graph, files, profile);
}

/** The same on a graph that holds these files already. */
export function contextsOn(
  graph: TraceGraph,
  files: readonly FileUnderTest[],
  profile: Profile = aidoc16,
): readonly RuleContext[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const workspace = {
    holders: () => [],
    text: (path: string) => texts.get(path),
    exists: (path: string) => files.some((file) => file.path === path || file.path.startsWith(`${path}/`)),
    anchors: (path: string) => {
      const text = path.endsWith(".md") ? texts.get(path) : undefined;
      return text === undefined ? undefined : documentAnchors(parseMarkdown(createSourceFromText(path, text), profile));
    },
  };
  const lock = texts.get(acceptedFileName);
  const digests = new Digests(graph, (path) => texts.get(path), hash.sha256);
  const accepted = lock === undefined ? {} : { accepted: createAcceptedLinks(lock, digests) };
  return files.map(({ path, text }) => {
    const source = createSourceFromText(path, text);
    const { type, artifactId, template } = classifyDocument(profile, path);
    const role = graph.trace(path)?.role;
    if (role === "source" || role === "test") {
      const document = { path, template: false, named: false, size: source.bytes.length };
      return { source, document, profile, workspace, code: { graph, path } };
    }
    // Why: what belongs to a plan alone is known of plans alone, as in a session.
    const facts =
      type === profile.plan.type && !template && path.endsWith(".md")
        ? contextUnderTest({ path, content: text, profile, ...receiptOf(texts, path) })
        : {};
    return {
      ...facts,
      source,
      document: {
        path,
        ...(type === undefined ? {} : { type }),
        ...(artifactId === undefined ? {} : { id: artifactId }),
        template,
        named: template,
        size: source.bytes.length,
      },
      profile,
      workspace,
      trace: { graph, path },
      ...accepted,
    };
  });
}

/** Files in `src` and `tests` are source, as in a workspace. */
function codeSubject(path: string): TraceSubject | undefined {
  if (path.startsWith("src/")) return { path, id: path, role: "source", type: "CODE", template: false };
  return path.startsWith("tests/") ? { path, id: path, role: "test", type: "TESTS", template: false } : undefined;
}

function receiptOf(texts: ReadonlyMap<string, string>, path: string): { readonly receipt?: string } {
  const receipt = texts.get(`${path}.receipt.ndjson`);
  return receipt === undefined ? {} : { receipt };
}

/** A workspace with its markers taken out. */
export interface MarkedWorkspace {
  readonly files: readonly FileUnderTest[];
  /** `path:line rule`, one for each marker. */
  readonly expected: readonly string[];
}

/** Splits a fixture at its lines `<!-- file: PATH -->` and takes out its `{family/name}` markers: each promises one finding on its line. */
export function readMarkedWorkspace(text: string): MarkedWorkspace {
  const expected: string[] = [];
  const parts = text.split(/^<!-- file: (.+) -->\n/m).slice(1);
  const files: FileUnderTest[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const path = parts[index] ?? "";
    const lines = (parts[index + 1] ?? "").split("\n").map((line, number) => {
      for (const marker of line.matchAll(/\{((?:tag|trace|link|document|evidence)\/[a-z-]+)\}/g))
        expected.push(`${path}:${number + 1} ${marker[1]}`);
      return line.replace(/(?: ?\{(?:tag|trace|link|document|evidence)\/[a-z-]+\})+/g, "");
    });
    files.push({ path, text: lines.join("\n") });
  }
  return { files, expected };
}
