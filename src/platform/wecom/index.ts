import type { AccessTokens } from '../wechat/access-token.ts'
import { contactWays, type ContactWays } from './contact-way.ts'
import { contacts, type Contacts } from './contacts.ts'
import { corpCaller, type Corp } from './corp.ts'
import { massMessages, type MassMessages } from './mass-message.ts'

export interface WeCom {
  mass: MassMessages
  ways: ContactWays
  contacts: Contacts
}

/** The hospital's WeCom, through one application of ours in it. */
export function weCom(corp: Corp, tokens: AccessTokens): WeCom {
  const call = corpCaller(corp, tokens)
  return { mass: massMessages(call), ways: contactWays(call), contacts: contacts(call, corp.agentId) }
}
