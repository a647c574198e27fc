import { existsSync, readdirSync, readlinkSync } from "node:fs";

/** Whether this system tells which files a process has open. Only Linux does, in `/proc`. */
export const tellsDescriptors = existsSync("/proc/self/fd");

/**
 * The descriptors by which a process has a file open.
 *
 * @param file absolute path; its companions (`-wal`, `-shm`) do not count.
 */
export function openDescriptors(pid: number | undefined, file: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((descriptor) => targetOf(`${folder}/${descriptor}`) === file);
}

/** A descriptor may be closed between the listing and the look. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
