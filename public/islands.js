// Wakes the islands of a page. Without it, or in a browser that cannot run the module, the page stays as it is:
// plain HTML, and the notes marked `data-asleep` say what to do instead.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

// Islands in the order of the document, so that an outer one wakes before those inside it.
async function wake(module) {
  for (const island of document.querySelectorAll("leptos-island")) {
    // What stands inside `leptos-children` belongs to the island around it, which restores its own context first.
    island.closest("leptos-children")?.$$on_hydrate?.();
    await module[island.dataset.component](island);
  }
}

try {
  const module = await import(js);
  await module.default({ module_or_path: wasm });
  module.hydrate();
  await wake(module);
  document.documentElement.dataset.hydrated = "";
} catch (error) {
  for (const note of document.querySelectorAll("[data-asleep]")) note.hidden = false;
  // A module this browser cannot compile is no fault of the page; anything else is worth a line in the console.
  if (error?.name !== "CompileError") console.error(error);
}
