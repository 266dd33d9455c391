/**
 * Keys of the level group: arrows move the focus without choosing, Space or Enter chooses.
 * A native radio group chooses with every arrow, so that whoever only looks around by keyboard has rated already.
 */
export function levelKeys(form: HTMLFormElement): void {
  const radios = [...form.querySelectorAll<HTMLInputElement>('.levels > input[name="level"]')]
  const steps: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

  for (const [index, radio] of radios.entries()) {
    radio.addEventListener('keydown', event => {
      const step = steps[event.key]
      if (step !== undefined) {
        event.preventDefault()
        radios[(index + step + radios.length) % radios.length]!.focus()
      } else if (event.key === 'Enter') {
        // Enter would hand the form in before anything was chosen.
        event.preventDefault()
        radio.click()
      }
    })
  }
}
