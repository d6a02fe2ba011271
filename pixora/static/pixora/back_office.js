// The theme hides a page until its own script has started, and browsers focus nothing that is hidden.
document.addEventListener("alpine:initialized", () => setTimeout(() => document.querySelector("[autofocus]")?.focus()));
