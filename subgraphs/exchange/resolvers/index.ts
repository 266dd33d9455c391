import { DateTime } from '../../shared/date-time.ts'
import { Hall } from './Hall.ts'
import { Link, link } from './Link.ts'
import { links } from './links.ts'
import { ServiceCase } from './ServiceCase.ts'

export const resolvers = { DateTime, Query: { link, links }, Link, ServiceCase, Hall }
