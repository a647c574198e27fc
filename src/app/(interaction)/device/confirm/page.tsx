import type { Metadata } from "next";
import { enteredCode } from "../../../_bridge/device.ts";
import { momentText } from "../../../_language/moment.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { Printed } from "../../../_parts/printed.tsx";
import { Ticket } from "../../../_parts/ticket.tsx";
import { makeFormToken } from "../../../bridge.ts";
import { DeliberateClicks } from "../../_request/deliberate-clicks.tsx";
import { DetailList } from "../../consent/[handle]/detail-list.tsx";
import { ScopeList } from "../../consent/[handle]/scope-list.tsx";
import { originLines } from "../origin-lines.ts";
import { texts } from "../texts.ts";
import { WayOn } from "../way-on.tsx";
import { DecisionForm } from "./decision-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].confirmTitle };
}

/** Where a person decides about a device (RFC 8628 sections 3.3 and 5.4). */
export default async function ConfirmPage({ searchParams }: PageProps<"/device/confirm">) {
  const { request } = await searchParams;
  const [entered, language, formToken] = await Promise.all([
    enteredCode(request),
    requestLanguage(),
    makeFormToken("device"),
  ]);
  const words = texts[language];
  if (!entered || typeof request !== "string") return <WayOn said={words.gone} language={language} />;
  const { device, signedIn, userCode, origin, here } = entered;
  // It was there when it was entered.
  if (device === "CODE_UNKNOWN") return <WayOn said={words.outcomes.over()} language={language} />;
  if (device === "CODE_EXPIRED") return <WayOn said={words.problems[device]} language={language} />;
  const { client, expiresAt } = device;
  const { asked, elsewhere } = originLines(origin, here, language);
  return (
    <div className="mx-auto max-w-2xl">
      <DeliberateClicks />
      <Ticket
        rosette="body"
        stub={
          <div className="grid gap-6">
            <p>
              {words.signedInAs} <strong className="[overflow-wrap:anywhere]">{signedIn.name}</strong>{" "}
              <span className="text-soft">({signedIn.username})</span>
            </p>
            <DecisionForm formToken={formToken} request={request} />
          </div>
        }
      >
        <h1 className="text-head [overflow-wrap:anywhere]">{words.asks(client.name)}</h1>
        <Printed
          className="mt-6 sm:grid-cols-2"
          items={[
            { label: words.codeShown, value: userCode },
            ...(expiresAt === undefined
              ? []
              : [{ label: words.expires, value: momentText(language, new Date(expiresAt)) }]),
          ]}
        />
        <div className="mt-6 text-soft [overflow-wrap:anywhere]">
          {asked.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <div className="notice mt-6">
          <p className="font-bold">{words.warning}</p>
          {elsewhere !== undefined && <p className="mb-2 font-bold [overflow-wrap:anywhere]">{elsewhere}</p>}
          <p className="[overflow-wrap:anywhere]">{words.warningText(client.name)}</p>
        </div>
        <ScopeList document={device} granted={undefined} language={language} />
        <DetailList details={device.details} language={language} />
      </Ticket>
    </div>
  );
}
