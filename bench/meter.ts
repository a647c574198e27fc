/** Loaded before a measured server: answers its parent's question how much CPU time and memory it has used. */
process.on("message", (message) => {
  if (message !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ usage: { cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() } });
});
process.channel?.unref();
