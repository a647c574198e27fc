import type { Form } from "../form.ts";
import { refuse } from "../refusal.ts";

const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[\x21-\x7e]+$/;

/** The values of `resource` (RFC 8707 2), each once: absolute URIs without a fragment. */
export function readResources(form: Form): string[] {
  const resources = [...new Set(form.get("resource") ?? [])];
  for (const resource of resources) {
    if (!ABSOLUTE_URI.test(resource) || !URL.canParse(resource)) refuse("A251307");
    if (resource.includes("#")) refuse("A251308");
  }
  return resources;
}

/** What a refresh asks for may be less than the grant, never more. A grant without resources sets no limit. */
export function narrowedResources(granted: readonly string[], requested: readonly string[]): string[] {
  if (requested.length === 0) return [...granted];
  const isBeyond = (resource: string) => granted.length > 0 && !granted.includes(resource);
  return requested.some(isBeyond) ? refuse("A901306") : [...requested];
}
