import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as Rendering from './rendering.tsx'

/** Applications with a client build of their own. */
export const applicationNames = ['citizen', 'start', 'me', 'terminal', 'outbox', 'kiosk', 'wall', 'desk'] as const

export type ApplicationName = (typeof applicationNames)[number]

/** Folder of an application's files inside a build. */
export const clientFolder = 'client'

/** Where built files are served; their names carry the hash of their content. */
export const assetsAddress = '/assets/'

/** Pages whose stylesheet travels inside the document, so that one round trip paints them. */
const carriesStyles: readonly ApplicationName[] = ['citizen', 'start', 'me', 'terminal', 'outbox']

export type ApplicationFiles = { scriptAddress?: string; styleAddress?: string; styles?: string }

/** A finished build: the files of each application and the functions that render pages. */
export type BuiltPages = {
  folder: string
  files: Record<ApplicationName, ApplicationFiles>
  rendering: typeof Rendering
}

type ManifestEntry = { file: string; css?: string[]; isEntry?: boolean }

/** Opens the build in a folder. */
export async function openBuiltPages(folder: string): Promise<BuiltPages> {
  const files = {} as Record<ApplicationName, ApplicationFiles>
  for (const name of applicationNames) files[name] = await filesOf(join(folder, clientFolder, name), name)
  const rendering = (await import(pathToFileURL(join(folder, 'server', 'rendering.js')).href)) as typeof Rendering
  return { folder, files, rendering }
}

async function filesOf(folder: string, name: ApplicationName): Promise<ApplicationFiles> {
  const manifest = JSON.parse(await readFile(join(folder, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    ManifestEntry
  >
  const entry = Object.values(manifest).find(candidate => candidate.isEntry)
  if (!entry) throw new Error(`the build of ${name} has no entry`)
  const script = entry.file.endsWith('.js') ? { scriptAddress: assetsAddress + entry.file } : {}
  const style = entry.css?.[0] ?? (entry.file.endsWith('.css') ? entry.file : undefined)
  if (!style) return script
  if (!carriesStyles.includes(name)) return { ...script, styleAddress: assetsAddress + style }
  return { ...script, styles: (await readFile(join(folder, style), 'utf8')).trim() }
}
