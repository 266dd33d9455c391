import {
  AcknowledgeDocument,
  DeadlineEventsDocument,
  DeadlineFeedDocument,
  OpenReviewsDocument,
  type OpenReviewsQuery,
  ReviewEventsDocument,
  ReviewFeedDocument,
} from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import { liveAddress, openLiveLink, pause } from '../kit/live-link.ts'
import { ServerClock } from '../kit/server-clock.ts'
import {
  afterHead,
  type DeadlineEvent,
  type FeedHead,
  judgeEvent,
  type ReviewEvent,
  takeDeadlineEvent,
  takeReviewEvent,
  type WallFeed,
  type WallReview,
  withReview,
} from './feed.ts'
import { type Truth, truthOf } from './truth.ts'

/** Events a catch-up asks for at once: the largest page that the graph gives. */
const catchUpPage = 100

export type WallView = { reviews: ReadonlyMap<string, WallReview>; now: number; truth: Truth; hasSnapshot: boolean }

export type Refusal = { message: string; messageEnglish: string }

export type WallSession = {
  view(): WallView
  /** Tells that the supervisor has seen it (知悉); null when done, else why not. */
  acknowledge(id: string): Promise<Refusal | null>
  stop(): void
}

/**
 * The wall's link to the graph: a fresh list first, then both feeds from where that list was read. Whatever goes wrong, a cut, a hole
 * in the positions, another log, ends the round; the next one begins by asking for what was missed.
 *
 * @param onNew called once for each bad rating that was not there before
 */
export function startWallSession(options: {
  token: string
  onChange: () => void
  onNew: (id: string) => void
  onSignedOut: () => void
}): WallSession {
  const { token, onChange, onNew, onSignedOut } = options
  const clock = new ServerClock()
  let feed: WallFeed | null = null
  let isOpen = false
  let isFollowing = false
  let attempt = 0
  let heardAt: number | null = null
  let isStopped = false
  let shown: ReadonlyMap<string, WallReview> | null = null
  let hasBroken = false
  let endRound = (_next: 'AT_ONCE' | 'AFTER_A_PAUSE') => {}

  const live = openLiveLink({
    address: liveAddress(location),
    token,
    onState: state => {
      if (isOpen && !state.isOpen) hasBroken = true
      isOpen = state.isOpen
      if (!state.isOpen) attempt = Math.max(attempt, state.attempt)
      onChange()
      // Back after a break: ask at once for what was missed instead of waiting for the next event or heartbeat to tell.
      if (isOpen && hasBroken) endRound('AT_ONCE')
    },
  })

  const heard = (serverTime?: string) => {
    heardAt = Date.now()
    if (serverTime) clock.note(serverTime)
  }

  function show(next: WallFeed) {
    const before = shown
    feed = next
    shown = next.reviews
    onChange()
    if (before) for (const id of shown.keys()) if (!before.has(id)) onNew(id)
  }

  /** Heads are read before the list: an event between the two is then taken twice, which changes nothing, instead of never. */
  async function readAfresh(): Promise<WallFeed> {
    const reviewHead = await readHead(ReviewFeedDocument, data => data.negativeReviewFeed)
    const deadlineHead = await readHead(DeadlineFeedDocument, data => data.deadlineFeed)
    const reviews = new Map<string, WallReview>()
    let after: string | null = null
    do {
      const answer: OpenReviewsQuery = await graphRequest(OpenReviewsDocument, { after }, token)
      const page = answer.openNegativeReviews
      for (const { node } of page.edges) reviews.set(node.id, node)
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
    return { reviews, reviewHead, deadlineHead }
  }

  async function readHead<T>(
    document: Parameters<typeof graphRequest<T, { after?: string | null; first?: number | null }>>[0],
    pick: (data: T) => { epoch: string; latestPosition: string; serverTime: string },
  ): Promise<FeedHead> {
    const { epoch, latestPosition, serverTime } = pick(await graphRequest(document, { first: 1 }, token))
    heard(serverTime)
    return { epoch, position: latestPosition }
  }

  /** Reads what was missed; null when the position is void and only a fresh list helps. */
  async function readMissed(from: WallFeed): Promise<WallFeed | null> {
    let next = from
    for (let isMore = true; isMore; ) {
      const { negativeReviewFeed: page } = await graphRequest(
        ReviewFeedDocument,
        { after: afterHead(next.reviewHead), first: catchUpPage },
        token,
      )
      heard(page.serverTime)
      if (page.isReset || page.events.some(event => !event.negativeReview)) return null
      for (const event of page.events) next = takeReviewEvent(next, event)
      isMore = page.events.length === catchUpPage
    }
    for (let isMore = true; isMore; ) {
      const { deadlineFeed: page } = await graphRequest(
        DeadlineFeedDocument,
        { after: afterHead(next.deadlineHead), first: catchUpPage },
        token,
      )
      heard(page.serverTime)
      if (page.isReset) return null
      for (const event of page.events) next = takeDeadlineEvent(next, event)
      isMore = page.events.length === catchUpPage
    }
    return next
  }

  /** Follows both feeds until something is wrong with either. */
  function follow(): Promise<'AT_ONCE' | 'AFTER_A_PAUSE'> {
    return new Promise(resolve => {
      endRound = next => {
        endRound = () => {}
        isFollowing = false
        reviews.stop()
        deadlines.stop()
        onChange()
        resolve(next)
      }
      const end = () => endRound('AFTER_A_PAUSE')
      const take = <E extends ReviewEvent | DeadlineEvent>(
        event: E & { at: string },
        head: FeedHead,
        apply: (feed: WallFeed, event: E) => WallFeed,
        isWhole: boolean,
      ) => {
        heard(event.kind === 'HEARTBEAT' ? event.at : undefined)
        attempt = 0
        const judgement = judgeEvent(head, event)
        if (judgement === 'RESET') feed = null
        if (judgement === 'RESET' || judgement === 'MISSED' || (judgement === 'TAKE' && !isWhole)) return end()
        if (judgement === 'TAKE') show(apply(feed!, event))
        else onChange()
      }
      const reviews = live.follow(ReviewEventsDocument, () => ({ after: afterHead(feed!.reviewHead) }), {
        event: ({ negativeReviews: event }) =>
          take(event, feed!.reviewHead, takeReviewEvent, event.negativeReview !== null),
        end,
      })
      const deadlines = live.follow(DeadlineEventsDocument, () => ({ after: afterHead(feed!.deadlineHead) }), {
        event: ({ deadlines: event }) => take(event, feed!.deadlineHead, takeDeadlineEvent, true),
        end,
      })
      isFollowing = true
      hasBroken = false
      onChange()
    })
  }

  async function run() {
    while (!isStopped) {
      try {
        const known: WallFeed | null = feed
        const next = (known && (await readMissed(known))) ?? (await readAfresh())
        if (isStopped) return
        show(next)
        if ((await follow()) === 'AT_ONCE') continue
      } catch (fault) {
        if (isStopped) return
        if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') return onSignedOut()
      }
      if (isStopped) return
      attempt += 1
      onChange()
      await pause(attempt)
    }
  }

  void run()

  return {
    view: () => ({
      reviews: shown ?? new Map(),
      now: clock.now(),
      truth: truthOf({ isFollowing: isFollowing && isOpen, attempt, heardAt, now: Date.now() }),
      hasSnapshot: shown !== null,
    }),
    async acknowledge(id) {
      try {
        const { acknowledgeNegativeReview: answer } = await graphRequest(AcknowledgeDocument, { id }, token)
        if (answer.__typename !== 'AcknowledgeNegativeReviewSuccess') return answer
        if (feed) show(withReview(feed, answer.negativeReview))
        return null
      } catch (fault) {
        if (fault instanceof GraphFault && fault.reason === 'SIGNED_OUT') onSignedOut()
        return {
          message: '网络不通，还没有知悉，请再试一次',
          messageEnglish: 'No connection: not acknowledged, try again',
        }
      }
    },
    stop() {
      isStopped = true
      live.stop()
    },
  }
}
