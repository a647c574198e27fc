/** Many more than there are connections, and few enough that nobody waits for one until its time is over. */
const AT_ONCE = 32;

/** Does a work for each item, some at once, and gives the results in the order of the items. */
export async function inFlight<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const workers = Array.from({ length: AT_ONCE }, async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  });
  await Promise.all(workers);
  return results;
}
