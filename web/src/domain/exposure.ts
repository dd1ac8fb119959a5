/** What of a picture is shown. The numbers are those of Civitai's bit field. Pure. */

/** What the settings say about explicit pictures. */
export interface PreviewPolicy {
  /** The strongest rating that is shown. */
  limit: number;
  above: 'show' | 'blur' | 'hide';
  /** What is done with pictures that nobody rated, as people's own are. */
  unknown: 'show' | 'blur' | 'hide';
  /** The switch for a room with other people in it. */
  private: boolean;
}

export type Exposure = PreviewPolicy['above'];

export function exposureOf(level: number | null | undefined, policy: PreviewPolicy): Exposure {
  const isRated = typeof level === 'number' && level > 0;
  const allowed: Exposure = isRated && level >= 2 * policy.limit ? policy.above : 'show';
  const wished = isRated ? allowed : policy.unknown;
  return policy.private && wished === 'show' ? 'blur' : wished;
}
