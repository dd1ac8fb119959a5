const HEAD = 8;
const TAIL = 4;

/** The first 8 and the last 4 characters: `3cf851d9…a91d`. */
export function shortHash(hash: string): string {
  if (hash.length <= HEAD + TAIL + 1) return hash;
  return `${hash.slice(0, HEAD)}…${hash.slice(-TAIL)}`;
}
