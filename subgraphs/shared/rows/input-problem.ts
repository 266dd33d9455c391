/** One fault of one field (输入问题), as the graph's type `InputProblem` shows it: which field, which fault, what is accepted. */
export type InputProblem = { path: string; code: string; message: string; messageEnglish: string }

/** Names a fault of a field. */
export function inputProblem(path: string, code: string, message: string, messageEnglish: string): InputProblem {
  return { path, code, message, messageEnglish }
}
