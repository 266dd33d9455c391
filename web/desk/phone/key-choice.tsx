/** One of several answers, with the key that chooses it. */
export type Choice = { key: string; text: string; isChosen: boolean; choose: () => void }

type KeyChoiceProps = {
  label: string
  choices: readonly Choice[]
  /** Several may be chosen. */
  isMany?: boolean
  /** Said when there is nothing to choose. */
  empty?: string
}

/** Answers side by side, each with its key: pressed, clicked, or reached by Tab and chosen by Space. */
export function KeyChoice({ label, choices, isMany = false, empty }: KeyChoiceProps) {
  return (
    <fieldset className={isMany ? 'key-choice is-many' : 'key-choice'}>
      {label !== '' && <legend>{label}</legend>}
      {choices.length === 0 && <span className="quiet">{empty}</span>}
      {choices.map(({ key, text, isChosen, choose }) => (
        <button key={key} type="button" aria-pressed={isChosen} onClick={choose}>
          <kbd>{key.toUpperCase()}</kbd>
          {text}
        </button>
      ))}
    </fieldset>
  )
}
