import { Alert, Button } from 'antd'
import { tryAgain, useConnection } from '../connection.ts'
import { useWords } from '../speaking.tsx'
import { frameWording } from './wording.ts'

/** Says that the hub does not answer (连接中断), and asks again on demand. */
export function CutBanner() {
  const words = useWords(frameWording)
  const { isCut } = useConnection()
  if (!isCut) return null
  return (
    <Alert
      banner
      type="warning"
      role="status"
      title={words.cut}
      action={
        <Button size="small" onClick={tryAgain}>
          {words.tryAgain}
        </Button>
      }
    />
  )
}
