import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import type { OutboxMessage } from '../serving/demo-outbox.ts'
import { Page, type PageFrame } from '../serving/page.tsx'
import { outboxWording } from './wording.ts'

export type OutboxPageProps = {
  frame: PageFrame
  /** Null when they cannot be read now. */
  messages: OutboxMessage[] | null
  isReplyLost: boolean
}

/** The demo's messages as bubbles of a phone (演示发件箱), each with its link and a reply box. */
export function OutboxPage({ frame, messages, isReplyLost }: OutboxPageProps) {
  const words = outboxWording[frame.language]
  const other = frame.language === 'zh' ? 'en' : 'zh'
  return (
    <Page frame={frame} title={words.title}>
      <header class="masthead">
        <p>{words.title}</p>
        <a href={`/outbox?lang=${other}`} lang={other} hreflang={other}>
          {words.otherLanguage}
        </a>
      </header>
      <main>
        <h1 class="unseen">{words.title}</h1>
        <p>{words.lead}</p>
        <p>
          <a class="reload" href="/outbox">
            {words.reload}
          </a>
        </p>
        {isReplyLost && (
          <p class="lost" role="alert">
            {words.notTaken}
          </p>
        )}
        <div id="messages">
          {messages === null && <p role="alert">{words.unavailable}</p>}
          {messages?.length === 0 && <p class="empty">{words.empty}</p>}
          <ol class="bubbles">
            {messages?.map(message => (
              <Bubble key={message.id} message={message} frame={frame} />
            ))}
          </ol>
        </div>
      </main>
    </Page>
  )
}

function Bubble({ message, frame }: { message: OutboxMessage; frame: PageFrame }) {
  const words = outboxWording[frame.language]
  const { id, kind, state, fault } = message
  const box = `reply-${id}`
  return (
    <li>
      <article aria-labelledby={`of-${id}`}>
        <header id={`of-${id}`}>
          <strong>
            {words.to} {message.maskedPhone}
          </strong>
          <span>{words.kinds[kind] ?? kind}</span>
          <time dateTime={message.queuedAt}>{shanghaiDayAndTime(message.queuedAt, frame.language)}</time>
          <span class={`state ${state.toLowerCase()}`}>
            {words.states[state] ?? state}
            {fault && words.faults[fault] && ` · ${words.faults[fault]}`}
          </span>
        </header>
        <p class="text" lang="zh-CN">
          {linked(message.text)}
        </p>
        <form method="post" action="/outbox">
          <input type="hidden" name="messageId" value={id} />
          <label for={box}>
            {words.replyLabel}
            <span class="hint">{words.replyHint}</span>
          </label>
          <input id={box} name="text" type="text" maxLength={70} required autocomplete="off" />
          <button type="submit">{words.reply}</button>
        </form>
      </article>
    </li>
  )
}

/** The text with its address made a link. */
function linked(text: string) {
  return text.split(/(https?:\/\/[!-~]+)/).map((piece, place) =>
    place % 2 === 1 ? (
      <a key={piece} href={piece}>
        {piece}
      </a>
    ) : (
      piece
    ),
  )
}
