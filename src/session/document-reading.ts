import { IplanError } from "#model/errors";
import { createSource, isMarkdownPath, type Source } from "#model/source";
import type { DocumentTrace } from "#model/trace";
import type { AloneResult } from "#rules/alone-result";
import { checkAlone } from "#rules/check-alone";
import type { DocumentFacts } from "#rules/facts";
import { allRules } from "#rules/registry";
import type { RuleContext } from "#rules/rule";
import { type KnownSelections, selectRules } from "#rules/select-rules";
import { ownContext } from "./own-context.ts";
import { declaredScores } from "#parse/declared-score";
import { type DocumentToRead, isPlanDocument, type ReadingGround } from "./own-facts.ts";

/** What the rules that look at one document alone found, and what of it a report tells. Plain values. */
export interface DocumentReading {
  readonly path: string;
  readonly facts: DocumentFacts;
  readonly alone: AloneResult;
  /** Absent for what is no plan. */
  readonly plan?: { readonly id: string; readonly receipt: boolean };
}

/** A document's source, or why it was not read. */
export interface ReadSource {
  readonly source: Source;
  readonly unread?: string;
}

/** Why: one document that cannot be read is one finding, and all others are still checked. */
export function readSource({ source }: Pick<ReadingGround, "source">, path: string): ReadSource | undefined {
  try {
    const found = source(path);
    return found === undefined ? undefined : { source: found };
  } catch (error) {
    if (!(error instanceof IplanError)) throw error;
    return { source: createSource(path, new Uint8Array()), unread: `${error.message} ${error.cure}` };
  }
}

/** Applies the rules that look at one document alone. `trace` is what was read of it for the graph; absent when it could not be. */
export function checkReading(
  ground: ReadingGround,
  document: DocumentToRead,
  read: ReadSource,
  trace: DocumentTrace | undefined,
  known: KnownSelections,
): DocumentReading {
  const facts = documentFacts(ground, document, read);
  const { source, unread } = read;
  const { profile } = ground;
  const context: RuleContext =
    unread === undefined ? ownContext(ground, facts, source, trace?.faults) : { source, document: facts, profile };
  const alone = checkAlone(context, selectRules(allRules, context, known), { hash: ground.hash });
  const { plan, understood, receipt } = context;
  if (plan === undefined || understood === undefined) return { path: document.path, facts, alone };
  return {
    path: document.path,
    facts,
    alone,
    plan: { id: understood.id, receipt: receipt?.present === true },
  };
}

function documentFacts(ground: ReadingGround, document: DocumentToRead, { source, unread }: ReadSource): DocumentFacts {
  const { path, named, template } = document;
  const isPlan = unread === undefined && isMarkdownPath(path) && isPlanDocument(ground.profile, document, source);
  const type = isPlan ? ground.profile.plan.type : document.type;
  const declared = unread === undefined ? declaredScores(source.text, ground.profile) : [];
  return {
    path,
    ...(type === undefined ? {} : { type }),
    ...(document.artifactId === undefined ? {} : { id: document.artifactId }),
    template,
    named,
    size: unread === undefined ? source.size : document.size,
    ...(unread === undefined ? {} : { unread }),
    ...(declared.length === 0 ? {} : { declared }),
  };
}
