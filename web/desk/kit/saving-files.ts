import { GraphFault } from '../../kit/graph-request.ts'
import { currentSession, noteSessionEnd } from '../session.ts'

/**
 * Fetches a file of the REST door as whoever is signed in, and hands it to the browser to save.
 *
 * @throws GraphFault
 */
export async function saveFile(address: string, name: string): Promise<void> {
  const { token } = currentSession()
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch(() => null)
  if (!response) throw new GraphFault('UNREACHABLE', address)
  if (response.status === 401) noteSessionEnd(token)
  if (!response.ok) throw new GraphFault(response.status === 401 ? 'SIGNED_OUT' : 'REFUSED', String(response.status))
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has begun to save by then; a longer life would only hold memory.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
