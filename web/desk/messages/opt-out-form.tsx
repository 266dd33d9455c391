import { App, Button, Form, Input } from 'antd'
import { DeskSetSmsOptOutDocument } from '../../kit/generated/operations.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { useWords } from '../speaking.tsx'
import { messagesWording } from './wording.ts'

/** Keeps the wish of a phone: no more invitations, or again (退订、恢复). */
export function OptOutForm() {
  const words = useWords(messagesWording)
  const { message } = App.useApp()
  const [form] = Form.useForm<{ phone: string }>()
  const optOut = useDeed(DeskSetSmsOptOutDocument)
  const submit = async (isOptedOut: boolean) => {
    const { phone } = await form.validateFields()
    const done = await optOut.run({ input: { phone: phone.trim(), isOptedOut } })
    if (done?.setSmsOptOut.__typename !== 'SetSmsOptOutSuccess') return
    const { maskedPhone } = done.setSmsOptOut
    message.success(isOptedOut ? words.stopped(maskedPhone) : words.resumed(maskedPhone))
    form.resetFields()
  }
  return (
    <section className="opt-out">
      <h2>{words.optOut}</h2>
      <p className="quiet">{words.optOutHint}</p>
      <RefusalNote problem={optOut.problem} />
      <Form form={form} layout="inline" requiredMark={false} onFinish={() => submit(true)}>
        <Form.Item
          name="phone"
          label={words.optOutPhone}
          rules={[{ required: true, whitespace: true, message: words.optOutPhone }]}
        >
          <Input inputMode="tel" autoComplete="off" maxLength={20} />
        </Form.Item>
        <Button htmlType="submit" loading={optOut.isBusy}>
          {words.stop}
        </Button>
        <Button loading={optOut.isBusy} onClick={() => submit(false).catch(() => null)}>
          {words.resume}
        </Button>
      </Form>
    </section>
  )
}
