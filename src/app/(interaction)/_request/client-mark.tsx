import type { ReactNode } from "react";
import type { WaitingRequest } from "../../_bridge/authorization-request.ts";

/**
 * The application that a page is about: its logo, if it has one, and words with its name. The logo comes from the application's own
 * server; the policy of the page lets in this one address (see `src/proxy.ts`).
 */
export function ClientMark({
  client,
  children,
}: {
  client: WaitingRequest["document"]["client"];
  children: ReactNode;
}) {
  return (
    <div className="flex items-start gap-4">
      {client.logo !== undefined && (
        // biome-ignore lint/performance/noImgElement: an image of another server, which Next's would fetch for everybody.
        <img
          src={client.logo}
          alt=""
          width={56}
          height={56}
          referrerPolicy="no-referrer"
          className="size-14 shrink-0 rounded-[3px] border border-rule bg-white object-contain"
        />
      )}
      <div className="min-w-0 [overflow-wrap:anywhere]">{children}</div>
    </div>
  );
}
