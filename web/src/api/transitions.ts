/** Made by `make docs` from `domain/jobs.py`. */
export const TRANSITIONS = {
  pending: { pause: 'paused', cancel: 'cancelled', retry: 'pending', approve: 'pending', reject: 'failed' },
  paused: { resume: 'pending', cancel: 'cancelled' },
  running: { pause: 'paused', cancel: 'cancelled' },
  verifying: { pause: 'paused', cancel: 'cancelled' },
  review: { cancel: 'cancelled', approve: 'pending', reject: 'failed' },
  succeeded: {},
  failed: { retry: 'pending' },
  cancelled: { retry: 'pending' },
} as const;
