/** The name of this service, as mails, authenticator apps and rules for passwords know it. */
export const SERVICE_NAME = "Ticketgate";
