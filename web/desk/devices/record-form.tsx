import { App, Button, Form, Input, Segmented } from 'antd'
import { DeskRecordDeviceDocument, type DeviceState } from '../../kit/generated/operations.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { useWords } from '../speaking.tsx'
import { devicesWording } from './wording.ts'

const states = ['FAULTY', 'IN_REPAIR', 'IN_SERVICE', 'RETIRED'] as const

/** Writes into a device's ledger (故障、报修、恢复、停用). */
export function RecordForm({ id, onRecorded }: { id: string; onRecorded: () => void }) {
  const words = useWords(devicesWording)
  const { message } = App.useApp()
  const [form] = Form.useForm<{ state: DeviceState; note: string }>()
  const record = useDeed(DeskRecordDeviceDocument)
  const submit = async ({ state, note }: { state: DeviceState; note: string }) => {
    if (!(await record.run({ input: { id, state, note: note.trim() } }))) return
    message.success(words.recordDone)
    form.resetFields()
    onRecorded()
  }
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={{ state: 'FAULTY' }} onFinish={submit}>
      <RefusalNote problem={record.problem} />
      <Form.Item name="state" label={words.newState}>
        <Segmented options={states.map(value => ({ value, label: words.deviceState[value] }))} />
      </Form.Item>
      <Form.Item
        name="note"
        label={words.note}
        rules={[{ required: true, whitespace: true, min: 2, message: words.note }]}
      >
        <Input.TextArea rows={2} maxLength={200} showCount />
      </Form.Item>
      <Button htmlType="submit" loading={record.isBusy}>
        {words.recordAction}
      </Button>
    </Form>
  )
}
