/* Passkeys: asks the browser for one and sends its answer. Without this file the page's own words say what else to do. */
(() => {
  "use strict";

  const passkeys = window.webauthnJSON;
  if (!passkeys || !passkeys.supported()) return;

  const show = (selector, visible) =>
    document.querySelectorAll(selector).forEach((element) => { element.hidden = !visible; });

  // Whoever signs in is nobody yet: the page is the same for everyone, and the challenge is asked for at the press.
  const fetched = async (address) => {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no challenge");
    return (await answer.json()).request_options;
  };
  const written = () => JSON.parse(document.getElementById("passkey-options").textContent);
  const answers = {
    "sign-in": async (form) => passkeys.get(await fetched(form.action)),
    prove: async () => passkeys.get(written().request_options),
    add: async () => passkeys.create(written().creation_options),
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      show("[data-passkey-failed]", false);
      try {
        const answer = await answers[form.dataset.passkey](form);
        form.elements.credential.value = JSON.stringify(answer);
        form.submit();
      } catch {
        show("[data-passkey-failed]", true);
      }
    });
  });
  show("[data-passkey-missing]", false);
  show("[data-passkey-button]", true);
})();
