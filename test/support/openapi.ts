import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
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
  return existsSync(file) ? (parse(readFileSync(file, "utf8"), { maxAliasCount: -1 }) as OpenApi) : undefined;
}
