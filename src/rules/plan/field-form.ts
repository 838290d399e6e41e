import type { Control, Field } from "#model/plan";
import { findTemplateText } from "../find-template-text.ts";
import type { ContextWith } from "../rule.ts";

/**
 * The field when something is written in it that does not have its form. Template text is left to the rule on template
 * text, an empty value to the rule on missing fields.
 */
export function malformedField<Key extends FieldKey>(
  context: ContextWith<"plan">,
  key: Key,
): Field<unknown> | undefined {
  const field = context.plan.control?.[key];
  if (field === undefined || field.value !== undefined || field.raw.trim() === "") return undefined;
  return findTemplateText(field.raw, context.profile).length > 0 ? undefined : field;
}

/** Fields of the control table that have a form. */
export type FieldKey = Exclude<keyof Control, "range" | "others">;
