import { App, Form, Input, Modal } from 'antd'
import { DeskRecordMandateDocument, type RecordAgentMandateInput } from '../../kit/generated/operations.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { mandatesWording } from './wording.ts'

/** Records who may act for an organisation (登记企业办事人授权). */
export function MandateForm({ isOpen, onClose }: { isOpen: boolean; onClose: (isDone: boolean) => void }) {
  const words = useWords(mandatesWording)
  const kit = useWords(kitWording)
  const { message } = App.useApp()
  const [form] = Form.useForm<RecordAgentMandateInput>()
  const record = useDeed(DeskRecordMandateDocument)
  const submit = async (input: RecordAgentMandateInput) => {
    if (!(await record.run({ input }))) return
    message.success(words.done)
    form.resetFields()
    onClose(true)
  }
  const needed = (label: string) => ({ label, rules: [{ required: true, whitespace: true, message: label }] })
  return (
    <Modal
      open={isOpen}
      title={words.record}
      okText={words.record}
      okButtonProps={{ loading: record.isBusy }}
      cancelText={kit.cancel}
      width={640}
      onCancel={() => {
        record.forget()
        onClose(false)
      }}
      onOk={form.submit}
    >
      <RefusalNote problem={record.problem} />
      <Form form={form} layout="vertical" requiredMark={false} className="two-columns" onFinish={submit}>
        <Form.Item name="organisationName" {...needed(words.organisationName)}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="creditCode" {...needed(words.creditCode)}>
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <Form.Item name="agentName" {...needed(words.agentName)}>
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item name="agentDocumentNumber" {...needed(words.agentDocument)}>
          <Input maxLength={18} autoComplete="off" />
        </Form.Item>
        <Form.Item name="validFrom" {...needed(words.from)}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="validUntil" {...needed(words.until)}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="evidence" className="is-wide" {...needed(words.evidenceField)}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
