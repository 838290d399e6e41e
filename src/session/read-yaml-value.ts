/** Most aliases a document may expand, so that no file grows when it is read. */
const mostAliases = 100;

/** The plain value of a YAML document, of the first one of several; undefined for what is no YAML. Never throws. */
export function readYamlValue(text: string): Promise<{ readonly value: unknown } | undefined> {
  return readValue(text, {});
}

/** The same with every scalar as the text that is written: `1.0` stays `1.0`, `yes` stays `yes`. */
export function readYamlTexts(text: string): Promise<{ readonly value: unknown } | undefined> {
  return readValue(text, { schema: "failsafe" });
}

async function readValue(
  text: string,
  dialect: { readonly schema?: "failsafe" },
): Promise<{ readonly value: unknown } | undefined> {
  const yaml = await import("yaml");
  try {
    const parsed = yaml.parseAllDocuments(text, {
      ...dialect,
      uniqueKeys: true,
      logLevel: "silent",
      prettyErrors: false,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    if (documents.some((document) => document.errors.length > 0)) return undefined;
    return { value: documents[0]?.toJS({ maxAliasCount: mostAliases }) as unknown };
  } catch {
    return undefined;
  }
}
