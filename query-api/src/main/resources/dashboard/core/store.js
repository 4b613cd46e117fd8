import { useEffect, useState } from "preact/hooks";

/**
 * A value that components watch.
 * @template T
 * @param {T} initial
 */
export function createStore(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      const now = typeof next === "function" ? next(value) : next;
      if (now !== value) {
        value = now;
        watchers.forEach((watcher) => watcher(value));
      }
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** The store's value; renders anew when it changes. */
export function useStore(store) {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.watch(setValue);
  }, [store]);
  return value;
}
