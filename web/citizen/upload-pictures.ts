import type { FormWording } from './form-wording.ts'

/**
 * Sends each picture as soon as it is chosen (上传图片), shows it with its progress, and lets it be taken out again. The form then carries ids
 * instead of files. A picture that is not taken says why and stays out of the way of handing in.
 */
export function uploadsPictures(form: HTMLFormElement, words: FormWording): void {
  const field = form.querySelector<HTMLElement>('#pictures')
  const input = field?.querySelector<HTMLInputElement>('input[type="file"]')
  if (!field || !input) return
  const list = field.querySelector('ul')!
  const hint = field.querySelector<HTMLElement>('.hint')!
  const limit = Number(field.dataset.limit)
  input.removeAttribute('name')
  input.classList.add('unseen')
  field.querySelector<HTMLElement>('.add-pictures')!.hidden = false
  input.addEventListener('change', () => {
    const room = limit - list.querySelectorAll('li:not(.failed)').length
    const files = [...(input.files ?? [])]
    if (files.length > room) hint.textContent = words.picturesTooMany(limit)
    hint.classList.toggle('over', files.length > room)
    for (const file of files.slice(0, Math.max(room, 0))) list.append(upload(form, file, words))
    input.value = ''
  })
}

function upload(form: HTMLFormElement, file: File, words: FormWording): HTMLElement {
  const entry = document.createElement('li')
  const said = make('span', { className: 'picture-said', textContent: words.pictureUploading(0) })
  said.setAttribute('role', 'status')
  const preview = make('img', { alt: file.name, src: URL.createObjectURL(file) })
  // What the browser cannot draw, the hub may still be able to read.
  preview.addEventListener('error', () => preview.remove())
  const request = new XMLHttpRequest()
  const remove = make('button', { type: 'button', className: 'plain', textContent: words.pictureRemove })
  remove.setAttribute('aria-label', `${words.pictureRemove} ${file.name}`)
  remove.addEventListener('click', () => {
    request.abort()
    URL.revokeObjectURL(preview.src)
    entry.remove()
  })
  entry.dataset.uploading = ''
  entry.append(preview, said, remove)

  const end = (text: string, isKept: boolean) => {
    delete entry.dataset.uploading
    said.textContent = text
    entry.classList.toggle('failed', !isKept)
  }
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    said.textContent = words.pictureUploading(Math.floor((loaded / Math.max(total, 1)) * 100))
  })
  request.addEventListener('error', () => end(words.pictureRefused(file.name, words.pictureFailed), false))
  request.addEventListener('load', () => {
    const { id, message } = answerOf(request)
    if (!id) return end(words.pictureRefused(file.name, message || words.pictureFailed), false)
    entry.append(make('input', { type: 'hidden', name: 'picture', value: id }))
    end(words.pictureReady, true)
  })
  request.open('POST', form.dataset.pictures!)
  request.setRequestHeader('accept', 'application/json')
  request.send(bodyOf(form, file))
  return entry
}

function bodyOf(form: HTMLFormElement, file: File): FormData {
  const body = new FormData()
  const receipt = form.querySelector<HTMLInputElement>('input[name="receiptNumber"]')
  if (receipt) body.append('receiptNumber', receipt.value)
  body.append('files', file)
  return body
}

function answerOf(request: XMLHttpRequest): { id?: string; message?: string } {
  try {
    return JSON.parse(request.responseText)
  } catch {
    return {}
  }
}

function make<Name extends 'span' | 'img' | 'button' | 'input'>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
): HTMLElementTagNameMap[Name] {
  return Object.assign(document.createElement(name), properties)
}
