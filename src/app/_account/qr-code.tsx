import { encode } from "uqr";

/** Modules of white around it: less is not found by every reader (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * A text as a QR code, drawn on the server. It is dark on light whatever the page is: not every reader knows the other way.
 *
 * @param props.label what it is, for whoever does not see it.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const path = data
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="block aspect-square w-full max-w-56"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
