// The address of the answer that a page shows, to be followed, or copied by a button.
const line = document.querySelector(".share");
const [link, button, state] = line.children;

// Give the line another address; without one it is away.
export function share(address) {
  line.hidden = !address;
  link.href = address;
  state.textContent = "";
}

// What a page without encryption, or without leave, may still do: copy what is chosen in a field.
const copiedByHand = (text) => {
  const field = document.createElement("textarea");
  field.value = text;
  line.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  button.focus();
  return done;
};
const copied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text);
  }
};
button.addEventListener("click", async () => {
  state.textContent = (await copied(link.href)) ? button.dataset.copied : button.dataset.failed;
});
button.hidden = false;
