/** A place where a secret was found. The secret itself is never part of a finding: a report must not leak it again. */
export type Leak = { surface: string; secret: string; form: string; position: number };

/** Looks for known secrets in whatever leaves the server. */
export type LeakScanner = {
  /**
   * Remembers a secret under a name for the report. Parts of a JWT that are secret on their own count too.
   *
   * @throws RangeError when it is too short to be told from ordinary text.
   */
  remember(name: string, value: string): void;
  /** How many values are looked for. */
  size(): number;
  /** The names under which they are known. */
  names(): string[];
  /**
   * @param surface where the text is from, for the report.
   * @param text what to search.
   * @param allowed names of secrets that may be there.
   */
  scan(surface: string, text: string, allowed?: readonly string[]): Leak[];
};

const MINIMUM_LENGTH = 8;
const JWT = /^[\w-]+\.([\w-]+)\.([\w-]+)$/;

/** One way to write one secret. */
type Needle = { text: string; secret: string; form: string };

/** Makes a scanner that knows no secret yet. */
export function createLeakScanner(): LeakScanner {
  const needles = createNeedleIndex();
  const values = new Map<string, string>();

  function add(secret: string, value: string): void {
    if (values.has(value)) return;
    values.set(value, secret);
    for (const [form, text] of Object.entries(formsOf(value))) needles.add({ text, secret, form });
  }

  return {
    remember(name, value) {
      if (value.length < MINIMUM_LENGTH) throw new RangeError(`${name} is too short to be searched for`);
      add(name, value);
      const [, payload, signature] = JWT.exec(value) ?? [];
      if (payload && signature) add(`${name}, payload`, payload);
      if (signature) add(`${name}, signature`, signature);
    },
    size: () => values.size,
    names: () => [...new Set(values.values())],
    scan(surface, text, allowed = []) {
      const found = new Map([...needles.findIn(flightOf(text)), ...needles.findIn(text)]);
      return [...found]
        .filter(([{ secret }]) => !allowed.includes(secret))
        .map(([{ secret, form }, position]) => ({ surface, secret, form, position }));
    },
  };
}

/**
 * Finds any of very many texts in one pass, so that a run may remember every value it ever made: a text is looked at only where its
 * first characters stand.
 */
function createNeedleIndex() {
  const byStart = new Map<string, Needle[]>();
  return {
    /** The first name that is given to a text stays. */
    add(needle: Needle): void {
      const start = needle.text.slice(0, MINIMUM_LENGTH);
      const others = byStart.get(start);
      if (!others) byStart.set(start, [needle]);
      else if (!others.some(({ text }) => text === needle.text)) others.push(needle);
    },
    findIn(text: string): Map<Needle, number> {
      const found = new Map<Needle, number>();
      for (let at = 0; at + MINIMUM_LENGTH <= text.length; at += 1) {
        for (const needle of byStart.get(text.slice(at, at + MINIMUM_LENGTH)) ?? []) {
          if (!found.has(needle) && text.startsWith(needle.text, at)) found.set(needle, at);
        }
      }
      return found;
    },
  };
}

function formsOf(value: string): Record<string, string> {
  const bytes = Buffer.from(value);
  return {
    plain: value,
    reversed: [...value].reverse().join(""),
    "percent-encoded": encodeURIComponent(value),
    "form-encoded": new URLSearchParams([["", value]]).toString().slice(1),
    "JSON text": JSON.stringify(value).slice(1, -1),
    "JSON text, twice": JSON.stringify(JSON.stringify(value)).slice(3, -3),
    "HTML text": value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;"),
    hexadecimal: bytes.toString("hex"),
    HEXADECIMAL: bytes.toString("hex").toUpperCase(),
    ...base64Forms(bytes, "base64"),
    ...base64Forms(bytes, "base64url"),
  };
}

/** In base64 a value looks different by where it starts in a group of three bytes; only the inner characters are sure. */
function base64Forms(bytes: Buffer, encoding: "base64" | "base64url"): Record<string, string> {
  return Object.fromEntries(
    [0, 1, 2].map((shift) => {
      const bits = bytes.length * 8;
      const first = Math.ceil((shift * 8) / 6);
      const last = Math.floor((shift * 8 + bits) / 6);
      const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
      return [`${encoding}, shifted by ${shift}`, text.slice(first, last)];
    }),
  );
}

/** The RSC payload of a page, whole: on the way it is cut into scripts, and a secret might lie across a cut. */
function flightOf(html: string): string {
  const pushes = html.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g);
  return [...pushes].map(([, text = '""']) => JSON.parse(text) as string).join("");
}
