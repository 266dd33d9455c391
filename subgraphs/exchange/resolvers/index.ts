import { DateTime } from '../../shared/date-time.ts'
import { Hall } from './Hall.ts'
import { Link } from './Link.ts'
import { Message } from './Message.ts'
import { queueMessage } from './Mutation/queueMessage.ts'
import { receiveDemoReply } from './Mutation/receiveDemoReply.ts'
import { setSmsOptOut } from './Mutation/setSmsOptOut.ts'
import { demoOutbox } from './Query/demoOutbox.ts'
import { link } from './Query/link.ts'
import { links } from './Query/links.ts'
import { message } from './Query/message.ts'
import { messages } from './Query/messages.ts'
import { ServiceCase } from './ServiceCase.ts'

export const resolvers = {
  DateTime,
  Query: { link, links, message, messages, demoOutbox },
  Mutation: { setSmsOptOut, queueMessage, receiveDemoReply },
  Link,
  Message,
  ServiceCase,
  Hall,
}
