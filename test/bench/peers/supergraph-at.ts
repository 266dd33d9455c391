import { readFile } from 'node:fs/promises'
import { composedFiles } from '../../../router/compose.ts'
import type { SubgraphName } from '../../../subgraphs/shared/subgraph.ts'

export type SubgraphUrls = Record<SubgraphName, string>

/** The hub's own supergraph, with the subgraphs at other addresses. */
export async function supergraphAt(urls: SubgraphUrls): Promise<string> {
  const text = await readFile(composedFiles.supergraph, 'utf8')
  return text.replace(/(@join__graph\(name: "(\w+)", url: )"[^"]*"/g, (_all, head, name) => {
    return `${head}"${urls[name as SubgraphName]}"`
  })
}
