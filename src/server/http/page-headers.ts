import { transportSecurity } from "./transport-security.ts";

/**
 * The headers of every page, but for its content security policy.
 *
 * @param origin the public origin of this server.
 */
export function pageHeaders(origin: string): Record<string, string> {
  return {
    "cache-control": "private, no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    // With no-referrer a browser sends `Origin: null` with a form, and a form without JavaScript could not be told from a foreign one.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    ...transportSecurity(origin),
  };
}
