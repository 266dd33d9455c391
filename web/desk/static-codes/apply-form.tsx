import { App, Form, Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import {
  DeskHallsWithoutCodeDocument,
  DeskRequestStaticCodesDocument,
  DeskStaffWithoutCodeDocument,
  type RatingSubjectKind,
} from '../../kit/generated/operations.ts'
import type { DeskViewer } from '../frame/viewer.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { codeRights } from './code-rights.ts'
import { codesWording } from './wording.ts'

type ApplyFormProps = {
  isOpen: boolean
  viewer: DeskViewer
  hallId: string | null
  /** Picked already, on the list of what is missing. */
  picked?: { kind: 'HALL' | 'STAFF_MEMBER'; ids: readonly string[] }
  onClose: (isDone: boolean) => void
}

type Fields = { kind: RatingSubjectKind; ids: string[]; reason: string }

/** Applies for static codes (申领静态评价码). */
export function ApplyForm({ isOpen, viewer, hallId, picked, onClose }: ApplyFormProps) {
  const words = useWords(codesWording)
  const kit = useWords(kitWording)
  const { message } = App.useApp()
  const [form] = Form.useForm<Fields>()
  const [kind, setKind] = useState<RatingSubjectKind>(picked?.kind ?? 'HALL')
  const request = useDeed(DeskRequestStaticCodesDocument)
  const halls = useAnswer(DeskHallsWithoutCodeDocument, { after: null }, { isWanted: isOpen && kind === 'HALL' })
  const staff = useAnswer(
    DeskStaffWithoutCodeDocument,
    { hallId, after: null },
    { isWanted: isOpen && kind === 'STAFF_MEMBER' },
  )
  const needsPick = kind === 'HALL' || kind === 'STAFF_MEMBER'
  const options =
    kind === 'HALL'
      ? (halls.data?.hallsWithoutStaticCode.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }))
      : (staff.data?.staffWithoutStaticCode.edges ?? []).map(({ node }) => ({
          value: node.id,
          label: [node.staffNumber, node.name, node.department?.name].filter(part => part).join(' '),
        }))

  const close = (isDone: boolean) => {
    if (isDone) form.resetFields()
    request.forget()
    onClose(isDone)
  }
  const submit = async ({ ids = [], reason }: Fields) => {
    const done = await request.run({
      input: { subjectKind: kind, subjectIds: needsPick ? ids : [], reason: reason?.trim() || null },
    })
    if (done?.requestStaticCodes.__typename !== 'RequestStaticCodesSuccess') return
    message.success(words.applied(done.requestStaticCodes.staticCodes.length))
    close(true)
  }

  return (
    <Modal
      open={isOpen}
      title={words.applyTitle}
      okText={words.apply}
      okButtonProps={{ loading: request.isBusy }}
      cancelText={kit.cancel}
      onCancel={() => close(false)}
      onOk={form.submit}
      width={600}
    >
      <RefusalNote problem={request.problem} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ids: picked?.ids ?? [] }}
        onFinish={submit}
      >
        <Form.Item label={words.applyFor}>
          <Segmented
            name="kind"
            value={kind}
            onChange={chosen => {
              setKind(chosen as RatingSubjectKind)
              form.setFieldValue('ids', [])
            }}
            options={[
              { value: 'HALL', label: words.forHalls },
              { value: 'STAFF_MEMBER', label: words.forStaff },
              ...(codeRights(viewer).speaksForProvince
                ? [
                    { value: 'PROVINCE' as const, label: words.forProvince },
                    { value: 'PLATFORM' as const, label: words.forPlatform },
                  ]
                : []),
            ]}
          />
        </Form.Item>
        {needsPick && (
          <Form.Item
            name="ids"
            label={kind === 'HALL' ? words.pickHalls : words.pickStaff}
            rules={[{ required: true, message: kind === 'HALL' ? words.pickHalls : words.pickStaff }]}
          >
            <Select
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              options={options}
              loading={halls.isLoading || staff.isLoading}
              notFoundContent={words.noneMissing}
            />
          </Form.Item>
        )}
        <Form.Item name="reason" label={words.applyReason}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}
