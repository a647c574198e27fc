// Plain JavaScript, loaded before everything else: an old Node cannot even read the TypeScript that comes after it.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 24 || (major === 24 && minor < 7)) {
  process.stderr.write(
    `Ticketgate needs Node 24.7 or newer, and this is ${process.versions.node}. On Linux and Windows "npm ci" brings one along; elsewhere install it from nodejs.org.\n`,
  );
  process.exit(1);
}
