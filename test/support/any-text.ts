import fc from "fast-check";

/**
 * Texts of any characters: control characters, half characters and NUL among them. Much cheaper to make than fast-check's own
 * `binary` strings.
 */
export function anyText({ minLength = 0, maxLength = 60 } = {}): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff });
  return fc.array(unit, { minLength, maxLength }).map((codes) => String.fromCharCode(...codes));
}
