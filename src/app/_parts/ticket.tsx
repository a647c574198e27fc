import type { ReactNode } from "react";

/**
 * A sheet in the form of a ticket.
 *
 * @param props.stub what stands on the part behind the tear line.
 * @param props.rosette which part has room for the printed rosette.
 * @param props.wide puts the stub beside the body where there is room.
 */
export function Ticket({
  children,
  stub,
  rosette,
  wide = false,
}: {
  children: ReactNode;
  stub: ReactNode;
  rosette: "body" | "stub";
  wide?: boolean;
}) {
  return (
    <div className={wide ? "ticket ticket-wide" : "ticket"}>
      <div className="ticket-body">
        {rosette === "body" && <div className="rosette" />}
        <div className="relative h-full">{children}</div>
      </div>
      <div className="ticket-stub">
        {rosette === "stub" && <div className="rosette" />}
        <div className="relative h-full">{stub}</div>
      </div>
    </div>
  );
}
