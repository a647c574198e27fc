import type { Client } from "../../authlete/client.ts";
import type { Service } from "../../authlete/service.ts";

/** The members that tell which client an answer concerns. */
export function clientMembers(client: Client, aliasUsed: boolean) {
  return {
    ...(client.clientId === undefined ? {} : { clientId: client.clientId }),
    ...(client.clientIdAlias ? { clientIdAlias: client.clientIdAlias } : {}),
    clientIdAliasUsed: aliasUsed,
  };
}

/** The attributes of the service and of the client, where there are any. */
export function attributeMembers(service: Service, client: Client) {
  return {
    ...(service.attributes?.length ? { serviceAttributes: service.attributes } : {}),
    ...(client.attributes?.length ? { clientAttributes: client.attributes } : {}),
  };
}
