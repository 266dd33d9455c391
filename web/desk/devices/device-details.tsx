import { Alert, Button, Drawer, Popconfirm, Skeleton } from 'antd'
import { DeskDeviceDetailsDocument, DeskRenewDeviceKeyDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { DeviceState } from './device-state.tsx'
import { RecordForm } from './record-form.tsx'
import { devicesWording } from './wording.ts'

type DeviceDetailsProps = {
  id: string | null
  mayKeep: boolean
  onClose: () => void
  onChange: () => void
  onKey: (deviceKey: string) => void
}

/** One device: where it stands, its alarms, what happened to it; record and renew its key. */
export function DeviceDetails({ id, mayKeep, onClose, onChange, onKey }: DeviceDetailsProps) {
  const words = useWords(devicesWording)
  const kit = useWords(kitWording)
  const answer = useAnswer(DeskDeviceDetailsDocument, { id: id ?? '' }, { isWanted: id !== null })
  const renew = useDeed(DeskRenewDeviceKeyDocument)
  const device = answer.data?.device?.id === id ? answer.data.device : null
  const renewed = async () => {
    const done = await renew.run({ input: { id: id! } })
    if (done?.renewDeviceKey.__typename === 'RenewDeviceKeySuccess') onKey(done.renewDeviceKey.deviceKey)
  }
  return (
    <Drawer open={id !== null} onClose={onClose} size={560} title={words.details} destroyOnHidden>
      {(answer.isLoading || answer.isOutdated) && <Skeleton active />}
      {device && (
        <div className="details">
          {(device.missingCounters?.length ?? 0) > 0 && (
            <Alert
              type="error"
              title={words.missing(device.missingCounters!.length)}
              description={`${device.missingCounters!.join(', ')} — ${words.missingHint}`}
            />
          )}
          <Facts
            facts={[
              [words.device, device.name],
              [words.state, <DeviceState key="state" state={device.state} />],
              [words.place, [device.hall?.name, device.window && kit.window(device.window.number)].join(' ')],
              [words.owner, device.owner],
              [words.model, device.model],
              [words.lastSeen, device.lastSeenAt ? deskTime(device.lastSeenAt) : words.never],
              [words.registered, deskTime(device.registeredAt)],
              [words.wakes, `${device.manualWakeCount ?? '—'}（${words.wakesHint}）`],
              [words.ratings, device.evaluationCount],
            ]}
          />
          {mayKeep && device.state !== 'RETIRED' && (
            <>
              <h2>{words.record}</h2>
              <RecordForm
                key={device.id}
                id={device.id}
                onRecorded={() => {
                  answer.again()
                  onChange()
                }}
              />
              <h2>{words.keyTitle}</h2>
              <RefusalNote problem={renew.problem} />
              <Popconfirm
                title={words.renewTitle}
                description={words.renewHint}
                okText={words.renew}
                cancelText={kit.cancel}
                onConfirm={renewed}
              >
                <Button danger loading={renew.isBusy}>
                  {words.renew}
                </Button>
              </Popconfirm>
            </>
          )}
          <h2>{words.history}</h2>
          {device.records.length === 0 && <p className="quiet">{words.noHistory}</p>}
          <ol className="history">
            {device.records.map(({ recordedAt, recordedBy, state, note }) => (
              <li key={`${recordedAt}${state}`}>
                <span className="quiet">
                  {deskTime(recordedAt)} {recordedBy}
                </span>
                <DeviceState state={state} />
                <p>{note}</p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Drawer>
  )
}
