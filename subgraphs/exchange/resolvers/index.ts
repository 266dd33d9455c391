import { DateTime } from '../../shared/date-time.ts'
import { Hall } from './Hall.ts'
import { Link } from './Link.ts'
import { Message } from './Message.ts'
import { optOutContact } from './Mutation/optOutContact.ts'
import { queueMessage } from './Mutation/queueMessage.ts'
import { receiveDemoReply } from './Mutation/receiveDemoReply.ts'
import { setSmsOptOut } from './Mutation/setSmsOptOut.ts'
import { activateSourceProfile, saveSourceProfile, testSourceProfile } from './Mutation/sourceProfiles.ts'
import { demoOutbox } from './Query/demoOutbox.ts'
import { isContactOptedOut } from './Query/isContactOptedOut.ts'
import { link } from './Query/link.ts'
import { links } from './Query/links.ts'
import { message } from './Query/message.ts'
import { messages } from './Query/messages.ts'
import { activeSourceProfile, sourceProfile, sourceProfiles } from './Query/sourceProfiles.ts'
import { ServiceCase } from './ServiceCase.ts'
import { SourceProfile } from './SourceProfile.ts'

export const resolvers = {
  DateTime,
  Query: {
    link,
    links,
    message,
    messages,
    demoOutbox,
    isContactOptedOut,
    sourceProfile,
    sourceProfiles,
    activeSourceProfile,
  },
  Mutation: {
    setSmsOptOut,
    queueMessage,
    receiveDemoReply,
    optOutContact,
    saveSourceProfile,
    testSourceProfile,
    activateSourceProfile,
  },
  Link,
  Message,
  SourceProfile,
  ServiceCase,
  Hall,
}
