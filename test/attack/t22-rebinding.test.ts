import { isOwnHost } from "../../src/server/http/own-host.ts";
import { attack } from "./attack.ts";

type HostCheck = (host: string) => boolean;

for (const host of ["evil.example:3000", "localhost.evil.example:3000", "127.0.0.1.evil.example"]) {
  attack(`read the mail of a development server as ${host}, a name that leads to the victim's machine`, {
    surface: "configuration",
    naive: (): HostCheck => () => true,
    ours: (): HostCheck => (asked) => isOwnHost(asked, ["http://localhost:3000"]),
    run: async (answers) => ({ succeeded: answers(host) }),
    honest: async (answers) => ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"].every(answers),
  });
}
