import type { SourceItems, SourceMapping } from '../../shared/hand-over/source-mapping.ts'

type Entries = readonly { from: string; to: string }[]

/** The input `SourceMappingInput` of the graph: each code map as a list. */
export type SourceMappingInput = {
  levelDirection: SourceMapping['levelDirection']
  levels: Entries
  channels: Entries
  applicantKinds: Entries
  handlingKinds: Entries
  goodOrPoor: Entries
  flags: Entries
  timeFormat: SourceMapping['timeFormat']
  zone: string
  textLimit: number
  itemsKind: SourceItems['kind']
  itemEdition: number
  itemCodes: Entries
  handsOverIdentity: boolean
}

const flagWords: Readonly<Record<string, boolean>> = { YES: true, NO: false }

/** The mapping that was handed in, still to be judged: meanings that there are not stay as they were written. */
export function mappingOfInput(input: SourceMappingInput): SourceMapping {
  const { levels, channels, applicantKinds, handlingKinds, goodOrPoor, flags, itemsKind, itemEdition, itemCodes } =
    input
  const edition = itemEdition === 1 ? 1 : 2
  return {
    levelDirection: input.levelDirection,
    levels: codes(levels, Number) as SourceMapping['levels'],
    channels: codes(channels) as SourceMapping['channels'],
    applicantKinds: codes(applicantKinds) as SourceMapping['applicantKinds'],
    handlingKinds: codes(handlingKinds) as SourceMapping['handlingKinds'],
    goodOrPoor: codes(goodOrPoor) as SourceMapping['goodOrPoor'],
    flags: codes(flags, word => flagWords[word]) as SourceMapping['flags'],
    timeFormat: input.timeFormat,
    zone: input.zone,
    textLimit: input.textLimit,
    items: itemsKind === 'MAPPED' ? { kind: itemsKind, edition, codes: codes(itemCodes) } : itemsOf(itemsKind, edition),
    handsOverIdentity: input.handsOverIdentity,
  }
}

const itemsOf = (kind: 'HUB' | 'NONE', edition: 1 | 2): SourceItems => (kind === 'HUB' ? { kind, edition } : { kind })

function codes<Meaning = string>(
  entries: Entries,
  read: (word: string) => Meaning = word => word as Meaning,
): Record<string, Meaning> {
  return Object.fromEntries(entries.map(({ from, to }) => [from, read(to)]))
}

/** A mapping in the form in which the graph shows it. */
export function inputOfMapping(mapping: SourceMapping): SourceMappingInput {
  const { items, levels, channels, applicantKinds, handlingKinds, goodOrPoor, flags, ...rest } = mapping
  return {
    ...rest,
    levels: entriesOf(levels),
    channels: entriesOf(channels),
    applicantKinds: entriesOf(applicantKinds),
    handlingKinds: entriesOf(handlingKinds),
    goodOrPoor: entriesOf(goodOrPoor),
    flags: entriesOf(flags, value => (value ? 'YES' : 'NO')),
    itemsKind: items.kind,
    itemEdition: items.kind === 'NONE' ? 2 : items.edition,
    itemCodes: items.kind === 'MAPPED' ? entriesOf(items.codes) : [],
  }
}

function entriesOf<Meaning>(
  map: Readonly<Record<string, Meaning>>,
  write: (meaning: Meaning) => string = String,
): Entries {
  return Object.entries(map).map(([from, meaning]) => ({ from, to: write(meaning) }))
}
