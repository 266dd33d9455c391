import { DateTime } from '../../shared/date-time.ts'
import { Hall } from './Hall.ts'
import { Link } from './Link.ts'
import { link } from './Query/link.ts'
import { links } from './Query/links.ts'
import { ServiceCase } from './ServiceCase.ts'

export const resolvers = { DateTime, Query: { link, links }, Link, ServiceCase, Hall }
