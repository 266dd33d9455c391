/** More names than this are not listed: a line of nonsense must not fill the answer. */
const mostListed = 50

/** Columns and keys that the hub does not know and leaves out (未识别的列), for the answer to name. */
export function createIgnoredColumns(): { add(name: string): void; list(): string[] } {
  const names = new Set<string>()
  return {
    add(name) {
      if (names.size < mostListed) names.add(name.slice(0, 100))
    },
    list: () => [...names],
  }
}
