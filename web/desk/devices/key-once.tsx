import { Alert, App, Button, Modal } from 'antd'
import { useWords } from '../speaking.tsx'
import { devicesWording } from './wording.ts'

/** A device key (设备密钥), shown once: closing needs the button, so that it is not lost by a click beside it. */
export function KeyOnce({ deviceKey, onClose }: { deviceKey: string | null; onClose: () => void }) {
  const words = useWords(devicesWording)
  const { message } = App.useApp()
  const copy = async () => {
    await navigator.clipboard.writeText(deviceKey!)
    message.success(words.copied)
  }
  return (
    <Modal
      open={deviceKey !== null}
      title={words.keyTitle}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={copy}>{words.copy}</Button>
          <Button type="primary" onClick={onClose}>
            {words.keyKept}
          </Button>
        </>
      }
      destroyOnHidden
    >
      <Alert type="warning" title={words.keyWarning} />
      <code className="device-key">{deviceKey}</code>
    </Modal>
  )
}
