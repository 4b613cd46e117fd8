const loads = new Map();

/**
 * A library that is one plain script, loaded when it is first needed.
 * @param {"chart.js" | "dagre.js"} file
 * @param {string} name under which it makes itself known
 */
export function loadLibrary(file, name) {
  if (!loads.has(file)) {
    loads.set(
      file,
      new Promise((loaded, failed) => {
        const script = document.createElement("script");
        script.src = new URL(`../lib/${file}`, import.meta.url).href;
        script.onload = () => loaded(window[name]);
        script.onerror = () => {
          loads.delete(file);
          failed(new Error(`${file} did not load`));
        };
        document.head.append(script);
      }),
    );
  }
  return loads.get(file);
}
