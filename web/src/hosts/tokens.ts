import type { TokenStore } from '../api/client';

const KEY = 'modelKeeper.token';

/** Keeps the token in this browser, and takes one from the address where it brings it (`#token=`). */
export function browserTokens(place: Location, storage: Storage): TokenStore {
  const brought = new URLSearchParams(place.hash.slice(1)).get('token');
  if (brought) {
    storage.setItem(KEY, brought);
    history.replaceState(null, '', place.pathname + place.search);
  }
  return {
    read: () => storage.getItem(KEY) ?? '',
    write: (token) => storage.setItem(KEY, token),
  };
}
