import { ownUsage } from "./measure.ts";

/** Loaded before a measured server: answers its parent's question how much CPU time and memory it has used. */
process.on("message", (message) => {
  if (message === "usage") process.send?.({ usage: ownUsage() });
});
process.channel?.unref();
