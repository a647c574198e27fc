import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

/** A schema of the document, as far as the tests look at it. */
export type OpenApiSchema = {
  $ref?: string;
  type?: string;
  enum?: string[];
  items?: OpenApiSchema;
  properties?: Record<string, OpenApiSchema>;
  required?: string[];
  allOf?: OpenApiSchema[];
};

type Content = Record<string, { schema?: OpenApiSchema }>;
type Parameter = { name: string; in: "path" | "query"; required?: boolean; schema: OpenApiSchema };

export type OpenApiOperation = {
  security?: object[];
  parameters?: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
};

export type OpenApi = {
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: { schemas: Record<string, OpenApiSchema> };
};

const file = process.env.OPENAPI_FILE ?? resolve("../shared/reference/authlete-openapi-3.0.16.yaml");

/** What a test says where the document is not there. */
export const openApiAbsence = `the API's own description is not at ${file}; OPENAPI_FILE may tell another place`;

/** The official description of the Authlete 3.0 API, which is not part of this project; `undefined` where it is not there. */
export function readOpenApi(): OpenApi | undefined {
  return existsSync(file) ? (JSON.parse(asJson(file)) as OpenApi) : undefined;
}

const CACHE = "node_modules/.cache/ticketgate";

/** Reading 19,000 lines of YAML takes a second, and every file of tests does it: the same as JSON takes a hundredth of that. */
function asJson(yaml: string): string {
  const { mtimeMs, size } = statSync(yaml);
  const cached = join(CACHE, `openapi-${Math.floor(mtimeMs)}-${size}.json`);
  if (existsSync(cached)) return readFileSync(cached, "utf8");
  const text = JSON.stringify(parse(readFileSync(yaml, "utf8"), { maxAliasCount: -1 }));
  mkdirSync(CACHE, { recursive: true });
  // Other files of tests read it at the same time: it has to be there whole, or not at all.
  const own = `${cached}.${process.pid}.${performance.now()}`;
  writeFileSync(own, text);
  renameSync(own, cached);
  return text;
}
