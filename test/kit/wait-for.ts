/** Waits until a fact holds and answers it; fails with what was last seen after 60 s. */
export async function waitFor<T>(
  fact: () => T | Promise<T>,
  what = 'the fact',
): Promise<Exclude<T, false | null | undefined>> {
  const end = Date.now() + 60_000
  for (;;) {
    const value = await fact()
    if (value) return value as Exclude<T, false | null | undefined>
    if (Date.now() > end) throw new Error(`${what} did not come about within 60 s; last seen: ${JSON.stringify(value)}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
