import { go } from '../address.ts'

/** What a change of pages keeps: the hall that the view is narrowed to. */
export function kept(parameters: URLSearchParams): URLSearchParams {
  const hall = parameters.get('hall')
  return new URLSearchParams(hall ? { hall } : {})
}

/** Follows links inside the desk without loading it anew; those with a modifier open another tab, as everywhere. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-desk-link]')
  if (!link) return
  event.preventDefault()
  const { pathname, searchParams } = new URL(link.href)
  go(pathname.replace(/^\/desk/, '') || '/', searchParams)
  scrollTo(0, 0)
}
