/** Marks a page of a static code whose scan still counts (扫码计数): the script tells at once, without one the first form does. */
export function Unseen({ token }: { token: string }) {
  return <input type="hidden" name="unseen" value={`/r/${token}/seen`} />
}
