import type { MeWording } from './wording.ts'

/** The way to rate this platform itself (评价本平台); nothing while it has no code. */
export function PlatformLink({ address, words }: { address: string | null; words: MeWording }) {
  if (!address) return null
  return (
    <p class="platform">
      <a class="way plain" href={address}>
        {words.platform}
      </a>
      <span class="hint">{words.platformHint}</span>
    </p>
  )
}
