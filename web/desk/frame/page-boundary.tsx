import { Button, Result } from 'antd'
import { Component, type ReactNode } from 'react'
import { useWords } from '../speaking.tsx'
import { frameWording } from './wording.ts'

type PageBoundaryProps = { children: ReactNode }

/** A page that fails takes no other with it. */
export class PageBoundary extends Component<PageBoundaryProps, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken onRetry={() => this.setState({ isBroken: false })} /> : this.props.children
  }
}

function Broken({ onRetry }: { onRetry: () => void }) {
  const words = useWords(frameWording)
  return (
    <Result
      status="error"
      title={words.pageBroken}
      subTitle={words.pageBrokenHint}
      extra={<Button onClick={onRetry}>{words.tryAgain}</Button>}
    />
  )
}
