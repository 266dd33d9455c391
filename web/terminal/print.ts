/** Prints where the page says so: the code to take home by itself, a receipt on request. */
export function printsOnRequest(stage: HTMLElement): void {
  for (const button of stage.querySelectorAll<HTMLButtonElement>('[data-prints]')) {
    button.hidden = false
    button.addEventListener('click', () => window.print())
  }
  if (stage.dataset.isPrinted) window.print()
}
