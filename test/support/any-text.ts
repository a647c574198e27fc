import fc from "fast-check";

/** Texts of any UTF-16 at all: control characters, half characters and NUL among them. */
export function anyText(limits: { minLength?: number; maxLength?: number } = {}) {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.string({ unit, ...limits });
}
