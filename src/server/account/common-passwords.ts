let list: Promise<ReadonlySet<string>> | undefined;

/**
 * Tells whether a password is one of the 49,000 that were found most often in stolen lists. They are read when they are asked for first.
 *
 * @param password in small letters.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  list ??= readList();
  return (await list).has(password);
}

async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import("@zxcvbn-ts/language-common");
  return new Set(dictionary["passwords-common"]);
}
