const name = 'wall-session'

/** The session of this screen (登录凭证), kept over restarts of a browser that nobody sits at; null before the sign-in. */
export function storedToken(): string | null {
  return localStorage.getItem(name)
}

export function storeToken(token: string): void {
  localStorage.setItem(name, token)
}

export function forgetToken(): void {
  localStorage.removeItem(name)
}
