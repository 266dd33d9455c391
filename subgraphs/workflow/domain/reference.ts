/** Points at an entity of another subgraph by its id; null where there is none. */
export function reference(id: string | null | undefined): { id: string } | null {
  return id == null ? null : { id }
}
