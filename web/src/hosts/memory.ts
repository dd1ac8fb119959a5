/** What this browser keeps of choices, by name. */
export interface Memory {
  read(name: string): string | null;
  write(name: string, value: string): void;
}

const PREFIX = 'modelKeeper.';

/** Kept across visits. Where the browser refuses to keep anything, only what is on screen holds. */
export function browserMemory(storage: Storage): Memory {
  return {
    read: (name) => quietly(() => storage.getItem(PREFIX + name)) ?? null,
    write: (name, value) => quietly(() => storage.setItem(PREFIX + name, value)),
  };
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
