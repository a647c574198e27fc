import type { ReactNode } from "react";

/**
 * Labels and values as they are printed on a ticket.
 *
 * @param props.items in the order of reading.
 */
export function Printed({
  items,
  className = "",
}: {
  items: readonly { label: string; value: ReactNode }[];
  className?: string;
}) {
  return (
    <dl className={`printed grid gap-x-8 gap-y-4 ${className}`}>
      {items.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
