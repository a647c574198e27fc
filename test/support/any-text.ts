import fc from "fast-check";

/** Texts of any characters, halves of them included. Much cheaper to make than fast-check's own `binary` strings. */
export const anyText = fc
  .uint8Array({ maxLength: 60 })
  .chain((bytes) =>
    fc
      .constantFrom("latin1" as const, "utf16le" as const)
      .map((encoding) => Buffer.from(bytes).toString(encoding)),
  );
