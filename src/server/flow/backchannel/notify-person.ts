import { chooseLanguage } from "../../../language/choose-language.ts";
import { emailKey } from "../../account/email.ts";
import { writeMail } from "../../mail/messages.ts";
import { inLanguage } from "../authorization/client-language.ts";
import type { FlowPorts } from "../ports.ts";
import type { BackchannelDocument } from "./request-document.ts";

/**
 * Mails a person that a request waits for them at `/ciba`, where they have an address that is known to be theirs and mail can be sent. These
 * mails have a limit of their own, as high as that of mails which people ask for, so that no client uses up a person's password resets. A
 * mail that cannot be sent is in the log: the request waits all the same.
 *
 * @param minutes how long the request can be decided.
 * @see CIBA Core 1.0, section 8
 */
export async function notifyPerson(
  ports: Pick<FlowPorts, "selfService" | "log">,
  subject: string,
  {
    client,
    bindingMessage,
    minutes,
  }: Pick<BackchannelDocument, "client" | "bindingMessage"> & { minutes: number },
): Promise<void> {
  const { accounts, outbox, mailAttempts, origin } = ports.selfService ?? {};
  if (!accounts || !outbox || !mailAttempts) return;
  try {
    const account = await accounts.findBySubject(subject);
    if (account?.email === undefined || !account.emailVerified) return;
    const { email, claims } = account;
    const counted = { username: `backchannel ${emailKey(email) ?? email}`, address: undefined };
    if ((await mailAttempts.consume(counted)) > 0) return ports.log.warn("audit.mails_exceeded", { subject });
    const language = chooseLanguage({ uiLocales: claims.locale });
    const about = {
      link: `${origin}/ciba`,
      client: inLanguage(client, language).name,
      message: bindingMessage,
      minutes,
    };
    outbox.post(writeMail(email, language, { kind: "backchannel-request", ...about }));
  } catch (error) {
    ports.log.error("mail.not_sent", { subject, error });
  }
}
