/** Counts requests, whatever stands in them. */
export function rateLimit(atMost = Number.POSITIVE_INFINITY): () => boolean {
  let requests = 0;
  return () => {
    requests += 1;
    return requests <= atMost;
  };
}
