import type { ComponentChildren } from 'preact'
import { type Language, languageTag } from '../kit/language.ts'

/** What a response gives every page: where its files are and the nonce of its content security policy. */
export type PageFrame = {
  language: Language
  nonce: string
  /** Text of the stylesheet, sent with the page so that one round trip paints it. */
  styles?: string
  /** Address of a stylesheet, for screens that stay open. */
  styleAddress?: string | undefined
  scriptAddress?: string | undefined
}

/** The document around every page. */
export function Page({ frame, title, children }: { frame: PageFrame; title: string; children: ComponentChildren }) {
  return (
    <html lang={languageTag[frame.language]}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own built stylesheet, never a visitor's text */}
        {frame.styles && <style nonce={frame.nonce} dangerouslySetInnerHTML={{ __html: frame.styles }} />}
        {frame.styleAddress && <link rel="stylesheet" href={frame.styleAddress} nonce={frame.nonce} />}
        {frame.scriptAddress && <script type="module" src={frame.scriptAddress} nonce={frame.nonce} />}
      </head>
      <body>{children}</body>
    </html>
  )
}
