/** localStorage that never throws: blocked storage means "for this page only". */
export interface KeyValueStorage {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

export function browserStorage(): KeyValueStorage {
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, value);
      } catch {
        // Kept in memory.
      }
    },
  };
}
