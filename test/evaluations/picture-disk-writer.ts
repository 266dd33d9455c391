import { randomUUID } from 'node:crypto'
import { openDiskStore } from '../../subgraphs/evaluations/pictures/disk-store.ts'

/** A process of its own that writes pictures into the given directory until it is killed. */
const store = await openDiskStore(process.argv[2]!, new Date())
for (let i = 0; ; i++) await store.put(randomUUID(), Buffer.alloc(4_000_000, i % 251))
