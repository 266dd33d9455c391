import type { PageProps } from '../pages.ts'

/** What waits for whoever signs in (待办). */
export function HomePage({ viewer }: PageProps) {
  return <p>{viewer.name}</p>
}
