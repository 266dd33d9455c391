import { writeFile } from 'node:fs/promises'
import { makeExampleFiles } from './example-files.ts'

// Writes the committed example files anew: node db/seed/example/make-example.ts
for (const [name, text] of Object.entries(makeExampleFiles())) await writeFile(new URL(name, import.meta.url), text)
