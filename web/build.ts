import { createHash } from 'node:crypto'
import { access, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { InlineConfig } from 'vite'
import {
  type ApplicationName,
  applicationNames,
  assetsAddress,
  type BuiltPages,
  clientFolder,
  openBuiltPages,
} from './serving/built-pages.ts'

const webFolder = fileURLToPath(new URL('.', import.meta.url))
const distFolder = join(webFolder, 'dist')

/** Packages whose version is part of what a build depends on. */
const builtWith = [
  'vite',
  'preact',
  'preact-render-to-string',
  'react',
  'react-dom',
  'antd',
  'urql',
  'graphql-ws',
  'idb',
]

/** Sources of the pages that lie outside this folder. */
const sharedSources = ['device-entry-text.ts', 'error-catalogue.ts'].map(name =>
  fileURLToPath(new URL(`../subgraphs/shared/${name}`, import.meta.url)),
)

/** Builds kept beside the newest: a process that started from an older one may still be serving it. */
const keptBuilds = 3

/** Entry of each client build and the library its JSX is made for; the start page is a stylesheet only. */
const entries: Record<ApplicationName, { file: string; jsx: 'preact' | 'react'; target: string }> = {
  citizen: { file: 'citizen/citizen.ts', jsx: 'preact', target: 'es2017' },
  start: { file: 'start/start.css', jsx: 'preact', target: 'es2017' },
  me: { file: 'me/me.css', jsx: 'preact', target: 'es2017' },
  terminal: { file: 'terminal/terminal.ts', jsx: 'preact', target: 'es2017' },
  outbox: { file: 'outbox/outbox.ts', jsx: 'preact', target: 'es2019' },
  kiosk: { file: 'kiosk/kiosk.tsx', jsx: 'preact', target: 'es2019' },
  wall: { file: 'wall/wall.tsx', jsx: 'react', target: 'es2022' },
  desk: { file: 'desk/desk.tsx', jsx: 'react', target: 'es2022' },
}

/** Libraries that a desk keeps while its pages change: files of their own, so that a new version of a page is a small download. */
const deskLibraries = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|urql|@urql|wonka)[\\/]/, priority: 2 },
  { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/, priority: 1 },
]

/**
 * Builds the pages, or opens the last build when no source has changed since (decision 28): a few seconds the first time, milliseconds
 * afterwards. Several processes may call it at once; each build has a folder of its own, named by the hash of its sources.
 *
 * @param log told what is being done, one line each
 */
export async function buildPages({ log = () => {} }: { log?: (line: string) => void } = {}): Promise<BuiltPages> {
  const folder = join(distFolder, await sourcesHash())
  if (!(await isThere(join(folder, 'server', 'rendering.js')))) {
    const began = performance.now()
    log('building the web pages 正在构建网页 …')
    await buildInto(folder, log)
    log(`web pages built 网页构建完成 (${((performance.now() - began) / 1000).toFixed(1)} s)`)
    await removeOldBuilds(folder)
  }
  return openBuiltPages(folder)
}

/** Hash of everything a build depends on: the sources and the versions of what builds them. */
export async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of await sourceFiles()) {
    hash.update(`${relative(webFolder, file)}\0`)
    hash.update(await readFile(file))
  }
  for (const name of builtWith) {
    const manifest = new URL(`../node_modules/${name}/package.json`, import.meta.url)
    hash.update(`${name}@${JSON.parse(await readFile(manifest, 'utf8')).version}\0`)
  }
  return hash.digest('hex').slice(0, 16)
}

async function sourceFiles(): Promise<string[]> {
  const found = await readdir(webFolder, { recursive: true, withFileTypes: true })
  return found
    .filter(entry => entry.isFile() && /\.(ts|tsx|css)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(file => !file.startsWith(distFolder))
    .concat(sharedSources)
    .sort()
}

async function buildInto(folder: string, log: (line: string) => void): Promise<void> {
  const { build } = await import('vite')
  const unfinished = join(distFolder, `.unfinished-${process.pid}-${Math.random().toString(36).slice(2)}`)
  try {
    for (const name of applicationNames) {
      await build(clientBuild(name, join(unfinished, clientFolder, name)))
      log(`  ${name}`)
    }
    await build(serverBuild(join(unfinished, 'server')))
    await rename(unfinished, folder).catch(async error => {
      // Another process finished the same build first; its files are equal.
      if (!(await isThere(folder))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

function clientBuild(name: ApplicationName, outDir: string): InlineConfig {
  const { file, jsx, target } = entries[name]
  return {
    ...common(jsx),
    base: assetsAddress,
    build: {
      outDir,
      target,
      cssTarget: target === 'es2017' ? 'chrome61' : 'chrome87',
      assetsDir: '',
      manifest: true,
      modulePreload: false,
      reportCompressedSize: false,
      // Ant Design is one file by intent: read once, kept for as long as its version stays.
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {
        input: join(webFolder, file),
        // "use client" means nothing here, and Ant Design says it in some hundred files.
        onLog: (level, notice, say) => notice.code !== 'MODULE_LEVEL_DIRECTIVE' && say(level, notice),
        output: {
          entryFileNames: `${name}-[hash].js`,
          chunkFileNames: `${name}-[name]-[hash].js`,
          assetFileNames: `${name}-[hash][extname]`,
          ...(name === 'desk' ? { codeSplitting: { groups: deskLibraries } } : {}),
        },
      },
    },
  }
}

function serverBuild(outDir: string): InlineConfig {
  return {
    ...common('preact'),
    ssr: { noExternal: true },
    build: {
      outDir,
      ssr: join(webFolder, 'serving/rendering.tsx'),
      target: 'node24',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'rendering.js' } },
    },
  }
}

function common(jsx: 'preact' | 'react'): InlineConfig {
  return {
    configFile: false,
    envDir: false,
    publicDir: false,
    root: webFolder,
    mode: 'production',
    logLevel: 'warn',
    // Said outright: otherwise the NODE_ENV of whoever builds first would decide whether libraries run in their slow, talkative form.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: jsx, development: false } },
  }
}

async function removeOldBuilds(newest: string): Promise<void> {
  const folders = (await readdir(distFolder))
    .filter(name => /^[0-9a-f]{16}$/.test(name))
    .map(name => join(distFolder, name))
  const dated = await Promise.all(
    folders.filter(folder => folder !== newest).map(async folder => ({ folder, at: (await stat(folder)).mtimeMs })),
  )
  for (const { folder } of dated.sort((a, b) => b.at - a.at).slice(keptBuilds)) {
    await rm(folder, { recursive: true, force: true })
  }
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildPages({ log: console.log })
}
