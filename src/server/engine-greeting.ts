/**
 * What `npm run engine` prints: where the Web API is, what opens it, and how each SDK is pointed at it.
 *
 * @param engine.token the access token; `undefined` where it must not be shown.
 */
export function engineGreeting(engine: {
  baseUrl: string;
  serviceId: string;
  token: string | undefined;
}): string {
  const { baseUrl, serviceId } = engine;
  const token = engine.token ?? "$TICKETGATE_ENGINE_TOKEN";
  const shown = engine.token ?? "the value of TICKETGATE_ENGINE_TOKEN";
  const sections = [
    [
      `Authlete 3.0 Web API   ${baseUrl}`,
      `Service id             ${serviceId}`,
      `Access token           ${shown}`,
    ],
    ["curl", `  curl -H "Authorization: Bearer ${token}" ${baseUrl}/api/${serviceId}/service/get`],
    [
      "TypeScript (@authlete/typescript-sdk)",
      `  new Authlete({ serverURL: "${baseUrl}", bearer: "${token}" })`,
      `  authlete.service.get({ serviceId: "${serviceId}" })`,
    ],
    [
      "Java (authlete-java-common, authlete.properties)",
      "  api_version = V3",
      `  base_url = ${baseUrl}`,
      `  service.api_key = ${serviceId}`,
      `  service.access_token = ${token}`,
    ],
    [
      "Go (authlete-go-sdk)",
      `  authlete.New(authlete.WithServerURL("${baseUrl}"), authlete.WithSecurity("${token}"))`,
    ],
    [
      "Python (requests)",
      `  requests.get("${baseUrl}/api/${serviceId}/service/get", headers={"Authorization": "Bearer ${token}"})`,
    ],
  ];
  return `\n${sections.map((lines) => lines.map((line) => `  ${line}`).join("\n")).join("\n\n")}\n\n`;
}
