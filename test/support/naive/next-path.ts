/** Where to go on to after a sign-in, as it is often read. Each of these has been in use somewhere. */
export const naiveNextPaths = {
  "takes what is there": (text) => text,
  "wants a slash at the beginning": (text) => (text.startsWith("/") ? text : "/"),
  "wants one slash at the beginning": (text) => (/^\/(?!\/)/.test(text) ? text : "/"),
  "wants no colon": (text) => (text.includes(":") ? "/" : text),
  "wants our host somewhere in it": (text) => (text.includes("gate.example") ? text : "/"),
  "wants our origin in front": (text) => (text.startsWith("https://gate.example") ? text : "/"),
  "takes the path of it": (text) => new URL(text, "https://gate.example").pathname,
  "decodes it after looking": (text) => (/^\/(?![/\\])/.test(text) ? decodeURIComponent(text) : "/"),
} as const satisfies Record<string, (text: string) => string>;
