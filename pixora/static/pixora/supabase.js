// Signing in with Supabase: its token is exchanged for a session of ours. Whom Supabase does not know may be staff,
// so the form then goes its ordinary way.
const form = document.getElementById("sign-in");
const exchange = document.getElementById("supabase");

async function tokenFor(email, password) {
  const answer = await fetch(`${exchange.dataset.url}/auth/v1/token?grant_type=password`, {
    method: "POST",
    headers: { "Content-Type": "application/json", apikey: exchange.dataset.key },
    body: JSON.stringify({ email, password }),
  });
  return answer.ok ? (await answer.json()).access_token : "";
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const token = await tokenFor(form.elements.email.value, form.elements.password.value);
    if (!token) return form.submit();
    exchange.elements.token.value = token;
    exchange.submit();
  } catch {
    form.submit();
  } finally {
    button.disabled = false;
  }
});
