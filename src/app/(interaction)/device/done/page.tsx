import type { Metadata } from "next";
import { deviceOutcome } from "../../../_bridge/device.ts";
import { requestLanguage } from "../../../_language/request-language.ts";
import { texts } from "../texts.ts";
import { WayOn } from "../way-on.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: texts[await requestLanguage()].doneTitle };
}

/** Says what became of a device. */
export default async function DeviceDonePage({ searchParams }: PageProps<"/device/done">) {
  const { outcome: sealed } = await searchParams;
  const [result, language] = await Promise.all([deviceOutcome(sealed), requestLanguage()]);
  const words = texts[language];
  const said = result ? words.outcomes[result.outcome](result.clientName ?? words.application) : words.gone;
  return <WayOn said={said} language={language} />;
}
