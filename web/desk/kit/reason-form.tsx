import { Form, Input, Modal } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../speaking.tsx'
import type { DeedProblem } from './deed.ts'
import { RefusalNote } from './refusal-note.tsx'
import { kitWording } from './wording.ts'

type ReasonFormProps = {
  isOpen: boolean
  title: string
  hint?: ReactNode
  label: string
  action: string
  problem: DeedProblem | null
  isBusy: boolean
  onClose: () => void
  onReason: (reason: string) => void
}

/** Something that needs a reason before it is done. */
export function ReasonForm(props: ReasonFormProps) {
  const { isOpen, title, hint, label, action, problem, isBusy, onClose, onReason } = props
  const kit = useWords(kitWording)
  const [form] = Form.useForm<{ reason: string }>()
  return (
    <Modal
      open={isOpen}
      title={title}
      okText={action}
      okButtonProps={{ danger: true, htmlType: 'submit', loading: isBusy }}
      cancelText={kit.cancel}
      onCancel={onClose}
      onOk={form.submit}
      destroyOnHidden
    >
      {hint && <p>{hint}</p>}
      <RefusalNote problem={problem} />
      <Form
        form={form}
        preserve={false}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => onReason(reason.trim())}
      >
        <Form.Item
          name="reason"
          label={label}
          rules={[{ required: true, whitespace: true, min: 2, max: 200, message: label }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  )
}
