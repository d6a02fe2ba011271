// What a click on a link within the studio does.

/** Links of our own change the page in place; with a modifier key they do what links do. */
export function followed(event, studio, route) {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  studio.go(route);
}
