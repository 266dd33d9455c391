/** The nonce of this response's content security policy; the script that carries it may read it, injected markup may not. */
export const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

/**
 * Lets styles that are made at run time pass the policy. Ant Design asks for the nonce, but a few of its parts (scroll lock, scroll bar
 * measure) make style elements without one, and Vite looks for it in a meta element when a page brings a stylesheet.
 */
export function allowOwnStyles(): void {
  const create = document.createElement
  document.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
    const element = create.call(this, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  } as typeof document.createElement
  const meta = document.createElement('meta')
  meta.setAttribute('property', 'csp-nonce')
  meta.nonce = nonce
  document.head.append(meta)
}
