/** Asks the graph as a client would; fails with the question and the whole answer. */
export async function ask<Data = unknown>(
  hub: { url: string },
  query: string,
  variables: Record<string, unknown> = {},
  credential?: string,
): Promise<Data> {
  const answer = await askRaw(hub, query, variables, credential)
  if (answer.errors || !answer.data) {
    throw new Error(`${query}\n${JSON.stringify(variables)}\nanswered ${JSON.stringify(answer, null, 2)}`)
  }
  return answer.data as Data
}

export type RawAnswer = {
  data?: unknown
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
}

/** The answer as it is, errors included. */
export async function askRaw(
  { url }: { url: string },
  query: string,
  variables: Record<string, unknown> = {},
  credential?: string,
): Promise<RawAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(credential && { authorization: `Bearer ${credential}` }) },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as RawAnswer
}

/** Signs a demo account in; answers its token. */
export async function signIn(hub: { url: string }, name: string, password: string): Promise<string> {
  const { signIn: result } = await ask<{ signIn: { token?: string; message?: string } }>(
    hub,
    `mutation SignIn($input: SignInInput!) {
      signIn(input: $input) { ... on SignInSuccess { token } ... on UserError { message } }
    }`,
    { input: { name, password } },
  )
  if (!result.token) throw new Error(`${name} could not sign in: ${result.message}`)
  return result.token
}
