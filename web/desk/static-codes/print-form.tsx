import { Alert, Button, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { saveFile } from '../kit/saving-files.ts'
import { useWords } from '../speaking.tsx'
import { codesWording } from './wording.ts'

type PrintFormProps = {
  isOpen: boolean
  title: string
  /** Address of the print at the REST door. */
  address: string
  fileName: string
  /** Files that may be had. */
  formats: readonly ('pdf' | 'png' | 'svg')[]
  onClose: () => void
}

/** Downloads a print (印制): poster, stand or sticker. */
export function PrintForm({ isOpen, title, address, fileName, formats, onClose }: PrintFormProps) {
  const words = useWords(codesWording)
  const [form, setForm] = useState<'poster' | 'stand' | 'sticker'>('poster')
  const [paper, setPaper] = useState<'a3' | 'a4'>('a3')
  const [format, setFormat] = useState<'pdf' | 'png' | 'svg'>('pdf')
  const [isBusy, setBusy] = useState(false)
  const [hasFailed, setFailed] = useState(false)

  const download = async () => {
    setBusy(true)
    setFailed(false)
    const query = new URLSearchParams({
      form,
      ...(form === 'poster' ? { paper } : {}),
      ...(formats.length > 1 ? { format } : {}),
    })
    await saveFile(`${address}?${query}`, `${fileName}-${form}.${formats.length > 1 ? format : 'pdf'}`).catch(() =>
      setFailed(true),
    )
    setBusy(false)
  }

  return (
    <Modal
      open={isOpen}
      title={title}
      okText={words.download}
      okButtonProps={{ loading: isBusy }}
      onOk={download}
      onCancel={onClose}
    >
      {hasFailed && <Alert type="error" title={words.printFailed} />}
      <div className="print-choices">
        <span>{words.form}</span>
        <Segmented
          name="form"
          value={form}
          onChange={setForm}
          options={[
            { value: 'poster', label: words.poster },
            { value: 'stand', label: words.stand },
            { value: 'sticker', label: words.sticker },
          ]}
        />
        {form === 'poster' && (
          <>
            <span>{words.paper}</span>
            <Segmented
              name="paper"
              value={paper}
              onChange={setPaper}
              options={[
                { value: 'a3', label: 'A3' },
                { value: 'a4', label: 'A4' },
              ]}
            />
          </>
        )}
        {formats.length > 1 && (
          <>
            <span>{words.format}</span>
            <Segmented
              name="format"
              value={format}
              onChange={setFormat}
              options={formats.map(value => ({ value, label: value.toUpperCase() }))}
            />
          </>
        )}
      </div>
      <p className="quiet">{words.printHint}</p>
    </Modal>
  )
}

/** All codes of a hall as one PDF. */
export function PrintHall({ hallId }: { hallId: string }) {
  const words = useWords(codesWording)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{words.printHall}</Button>
      <PrintForm
        isOpen={isOpen}
        title={words.printHall}
        address={`/v1/halls/${hallId}/static-codes/print`}
        fileName="static-codes"
        formats={['pdf']}
        onClose={() => setOpen(false)}
      />
    </>
  )
}
