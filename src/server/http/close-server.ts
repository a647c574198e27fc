import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Makes the function that closes a server: no connection is taken any more, and when the last one has ended it is closed.
 *
 * @param options.abrupt cuts off every connection instead of waiting for the answers that are under way. For development: the
 *   tooling in a browser tab holds a connection as long as the tab is open, and Node does not count one that was upgraded.
 */
export function createServerCloser(server: Server, { abrupt }: { abrupt: boolean }): () => Promise<void> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return () =>
    new Promise((closed) => {
      server.close(() => closed());
      server.closeIdleConnections();
      if (abrupt) for (const socket of sockets) socket.destroy();
    });
}
