import { useSyncExternalStore } from 'react'

/** Where the desk is served. */
const root = '/desk'

/** Which page is open and how it is narrowed: everything that Back, Forward, reload and a sent link restore. */
export type Address = { path: string; parameters: URLSearchParams }

/** Kept with an entry of the browser's history. */
type EntryState = { entry?: string; trail?: string[] }

let address = read()
const listeners = new Set<() => void>()

function read(): Address {
  const path = location.pathname.slice(root.length).replace(/\/+$/, '')
  return { path: path === '' ? '/' : path, parameters: new URLSearchParams(location.search) }
}

function changed(): void {
  address = read()
  for (const listener of listeners) listener()
}

export function currentAddress(): Address {
  return address
}

/** The address of a page as links carry it. */
export function addressOf(path: string, parameters: URLSearchParams = new URLSearchParams()): string {
  const query = parameters.toString()
  return `${root}${path === '/' ? '' : path}${query === '' ? '' : `?${query}`}`
}

/**
 * Opens an address of the desk.
 *
 * @param trail cursors of the pages of a list before this one, so that it can be leafed back without asking for them all
 */
export function go(path: string, parameters: URLSearchParams, { replaces = false, trail = [] as string[] } = {}): void {
  const state: EntryState = { entry: replaces ? entryName() : crypto.randomUUID(), trail }
  history[replaces ? 'replaceState' : 'pushState'](state, '', addressOf(path, parameters))
  changed()
}

/** Changes parameters of the present page; null and '' leave one out. */
export function changeParameters(
  changes: Record<string, string | null>,
  options: { replaces?: boolean; trail?: string[] } = {},
): void {
  const parameters = new URLSearchParams(address.parameters)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') parameters.delete(name)
    else parameters.set(name, value)
  }
  go(address.path, parameters, options)
}

/** Name of the present entry of the history; survives reloads. */
export function entryName(): string {
  return (history.state as EntryState | null)?.entry ?? 'first'
}

/** Cursors of the pages before the present one. */
export function trailOfEntry(): string[] {
  return (history.state as EntryState | null)?.trail ?? []
}

addEventListener('popstate', changed)

export function useAddress(): Address {
  return useSyncExternalStore(listener => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentAddress)
}
