import { Form, Input, Modal, Select } from 'antd'
import { DeskRegisterDeviceDocument, DeskWindowsWithoutDeviceDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { devicesWording } from './wording.ts'

type RegisterFormProps = {
  isOpen: boolean
  hallId: string | null
  /** Picked already, on the list of windows without a device. */
  window?: { id: string; label: string } | null
  onClose: () => void
  onRegistered: (deviceKey: string) => void
}

type Fields = { windowId: string; name: string; owner: string; model: string }

/** Puts a device at a window (登记评价设备). */
export function RegisterForm({ isOpen, hallId, window, onClose, onRegistered }: RegisterFormProps) {
  const words = useWords(devicesWording)
  const kit = useWords(kitWording)
  const [form] = Form.useForm<Fields>()
  const register = useDeed(DeskRegisterDeviceDocument)
  const { data, isLoading } = useAnswer(
    DeskWindowsWithoutDeviceDocument,
    { hallId, after: null },
    { isWanted: isOpen && !window },
  )
  const options = window
    ? [{ value: window.id, label: window.label }]
    : (data?.windowsWithoutDevice.edges ?? []).map(({ node }) => ({
        value: node.id,
        label: [node.hall?.name, node.number, node.name].filter(part => part).join(' '),
      }))

  const submit = async ({ windowId, name, owner, model }: Fields) => {
    const input = { windowId, name: name.trim(), owner: owner.trim(), model: model?.trim() || null }
    const done = await register.run({ input })
    if (done?.registerDevice.__typename !== 'RegisterDeviceSuccess') return
    form.resetFields()
    onRegistered(done.registerDevice.deviceKey)
  }

  return (
    <Modal
      open={isOpen}
      title={words.register}
      okText={words.register}
      okButtonProps={{ loading: register.isBusy }}
      cancelText={kit.cancel}
      onCancel={() => {
        register.forget()
        onClose()
      }}
      onOk={form.submit}
    >
      <RefusalNote problem={register.problem} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={window ? { windowId: window.id } : {}}
        onFinish={submit}
      >
        <Form.Item name="windowId" label={words.window} rules={[{ required: true, message: words.window }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options} loading={isLoading} />
        </Form.Item>
        <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true, message: words.name }]}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item
          name="owner"
          label={words.ownerField}
          rules={[{ required: true, whitespace: true, message: words.ownerField }]}
        >
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item name="model" label={words.modelField}>
          <Input maxLength={50} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
