// The theme hides a page until its own script has started, and browsers focus nothing that is hidden.
document.addEventListener("alpine:initialized", () => setTimeout(() => document.querySelector("[autofocus]")?.focus()));

/** The amount that goes with a choice is proposed when it is made: a piece's own price, for example. */
document.addEventListener("change", ({ target }) => {
  const amounts = target.dataset.amounts;
  if (amounts) target.form.elements.amount.value = JSON.parse(amounts)[target.value];
});
