import { Button, Tabs, Tooltip } from 'antd'
import { useState } from 'react'
import {
  DeskDevicesDocument,
  DeskWindowsWithoutDeviceDocument,
  type DeviceState as State,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { StateMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { DeviceDetails } from './device-details.tsx'
import { mayKeepDevices } from './device-rights.ts'
import { DeviceState } from './device-state.tsx'
import { KeyOnce } from './key-once.tsx'
import { RegisterForm } from './register-form.tsx'
import { devicesWording } from './wording.ts'

/** Window devices (评价设备): the ledger, and windows that have none. */
export function DevicesPage(props: PageProps) {
  const words = useWords(devicesWording)
  const list = useListAddress()
  return (
    <Tabs
      activeKey={list.filter('tab') === 'windows' ? 'windows' : 'ledger'}
      destroyOnHidden
      onChange={key => list.narrow({ tab: key === 'ledger' ? null : key })}
      items={[
        { key: 'ledger', label: words.ledger, children: <DeviceLedger {...props} /> },
        { key: 'windows', label: words.unequipped, children: <UnequippedWindows {...props} /> },
      ]}
    />
  )
}

const filterNames = ['state', 'online']

function DeviceLedger({ viewer, hallId }: PageProps) {
  const words = useWords(devicesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const mayKeep = mayKeepDevices(viewer)
  const [isRegistering, setRegistering] = useState(false)
  const [deviceKey, setDeviceKey] = useState<string | null>(null)
  const online = list.filter('online')
  const answer = useAnswer(DeskDevicesDocument, {
    filter: {
      state: list.filter('state') as State | null,
      hallId,
      isOnline: online === null ? null : online === 'yes',
    },
    after: list.after,
  })
  return (
    <>
      <Filters
        list={list}
        names={filterNames}
        actions={
          mayKeep && (
            <Button type="primary" onClick={() => setRegistering(true)}>
              {words.register}
            </Button>
          )
        }
      >
        <Choice
          list={list}
          name="state"
          label={words.state}
          options={Object.entries(words.deviceState).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          list={list}
          name="online"
          label={words.onlineOrNot}
          options={[
            { value: 'yes', label: words.online },
            { value: 'no', label: words.offline },
          ]}
        />
      </Filters>
      <Ledger
        label={words.list}
        answer={answer}
        rows={answer.data?.devices}
        list={list}
        opens
        empty={filterNames.some(list.filter) || hallId ? kit.nothingFits : words.empty}
        columns={[
          {
            key: 'device',
            title: words.device,
            render: (_, { name, model }) => (
              <div className="two-lines">
                <span>{name}</span>
                <span className="quiet">{model}</span>
              </div>
            ),
          },
          {
            key: 'place',
            title: words.place,
            render: (_, { hall, window }) => (
              <div className="two-lines">
                <span>{hall?.name}</span>
                <span className="quiet">{window && kit.window(window.number)}</span>
              </div>
            ),
          },
          { key: 'owner', title: words.owner, dataIndex: 'owner' },
          {
            key: 'state',
            title: words.state,
            width: 120,
            render: (_, { state, missingCounters }) => (
              <div className="two-lines">
                <DeviceState state={state} />
                {(missingCounters?.length ?? 0) > 0 && (
                  <Tooltip title={words.missingHint} trigger={['hover', 'focus']}>
                    <button type="button" className="clock alarm-word">
                      {words.missing(missingCounters!.length)}
                    </button>
                  </Tooltip>
                )}
              </div>
            ),
          },
          {
            key: 'seen',
            title: words.lastSeen,
            width: 150,
            render: (_, { isOnline, lastSeenAt }) => (
              <div className="two-lines">
                <StateMark tone={isOnline ? 'good' : 'over'}>{isOnline ? words.online : words.offline}</StateMark>
                <span className="quiet">{lastSeenAt ? deskTime(lastSeenAt) : words.never}</span>
              </div>
            ),
          },
          {
            key: 'wakes',
            title: <Tooltip title={words.wakesHint}>{words.wakes}</Tooltip>,
            width: 120,
            align: 'right',
            render: (_, { manualWakeCount }) => manualWakeCount ?? '—',
          },
          {
            key: 'ratings',
            title: words.ratings,
            width: 84,
            align: 'right',
            render: (_, { evaluationCount }) => evaluationCount ?? '—',
          },
        ]}
      />
      <DeviceDetails
        id={list.openId}
        mayKeep={mayKeep}
        onClose={() => list.open(null)}
        onChange={answer.again}
        onKey={setDeviceKey}
      />
      {isRegistering && (
        <RegisterForm
          isOpen
          hallId={hallId}
          onClose={() => setRegistering(false)}
          onRegistered={key => {
            setRegistering(false)
            setDeviceKey(key)
            answer.again()
          }}
        />
      )}
      <KeyOnce deviceKey={deviceKey} onClose={() => setDeviceKey(null)} />
    </>
  )
}

function UnequippedWindows({ viewer, hallId }: PageProps) {
  const words = useWords(devicesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const answer = useAnswer(DeskWindowsWithoutDeviceDocument, { hallId, after: list.after })
  const [window, setWindow] = useState<{ id: string; label: string } | null>(null)
  const [deviceKey, setDeviceKey] = useState<string | null>(null)
  return (
    <>
      <Ledger
        label={words.unequipped}
        answer={answer}
        rows={answer.data?.windowsWithoutDevice}
        list={list}
        empty={words.windowsEmpty}
        columns={[
          { key: 'hall', title: words.hall, render: (_, { hall }) => hall?.name },
          { key: 'number', title: words.windowNumber, dataIndex: 'number', width: 160 },
          { key: 'name', title: words.windowName, dataIndex: 'name' },
          {
            key: 'register',
            title: kit.actions,
            width: 160,
            align: 'right',
            render: (_, { id, number, name, hall }) =>
              mayKeepDevices(viewer) && (
                <Button
                  size="small"
                  onClick={() => setWindow({ id, label: [hall?.name, number, name].filter(part => part).join(' ') })}
                >
                  {words.register}
                </Button>
              ),
          },
        ]}
      />
      {window && (
        <RegisterForm
          isOpen
          hallId={hallId}
          window={window}
          onClose={() => setWindow(null)}
          onRegistered={key => {
            setWindow(null)
            setDeviceKey(key)
            answer.again()
          }}
        />
      )}
      <KeyOnce deviceKey={deviceKey} onClose={() => setDeviceKey(null)} />
    </>
  )
}
