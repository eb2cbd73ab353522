import { systemActor } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import { readReadingToken, TRAP, type ReadingMark } from '../../message/server/index.ts'
import type { HitKind } from '../contract/words.ts'
import { judge, readingOf } from './rules/judge.ts'
import { signOf, type Request } from './rules/sign.ts'
import { findHits, insertHit, judgeAnew, lockReading, putReading } from './store.ts'

/** More hits of one mail than a person makes in years. */
const HITS_MAX = 60

/** A transparent point: the smallest GIF there is. */
const POINT = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** Answers with a point whatever comes: a broken picture in a mail helps nobody. */
export async function showPicture(house: House, token: string, call: Call): Promise<Stream> {
  const mark = readReadingToken(house, token)
  if (mark && mark.link === 0) await note(house, mark, 'picture', call)
  return { stream: POINT, media: 'image/gif' }
}

/** Leads on, also when nothing can be noted. */
export async function follow(house: House, token: string, call: Call): Promise<Stream> {
  const mark = readReadingToken(house, token)
  if (!mark || mark.link === 0) return incomplete(house, call)
  await note(house, mark, mark.link === TRAP ? 'trap' : 'link', call)
  if (mark.link === TRAP) return { stream: Buffer.from(''), media: 'text/html; charset=utf-8' }
  call.setStatus(302)
  call.setHeader('location', mark.url)
  return { stream: Buffer.from(''), media: 'text/html; charset=utf-8' }
}

/** For a person with a link in hand, not for a program: a page, in their language as far as it is known. */
function incomplete(house: House, call: Call): Stream {
  const locale = /^en\b/i.test([call.headers['accept-language'] ?? ''].flat()[0] ?? '') ? 'en' : 'zh-CN'
  call.setStatus(404)
  const words = house.translate(locale, 'readership', 'incomplete')
  return {
    stream: Buffer.from(
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>404</title><style>${STYLE}</style></head><body><main><p>${words}</p></main></body></html>`,
    ),
    media: 'text/html; charset=utf-8',
  }
}

const STYLE =
  "body{margin:0;background:#faf7f2;color:#1f2a2a;font:18px/1.75 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif}main{max-width:520px;margin:0 auto;padding:40px 20px}@media (prefers-color-scheme:dark){body{background:#15201f;color:#e8efee}}"

async function note(
  house: House,
  mark: ReadingMark & { organizationId: string },
  kind: HitKind,
  call: Call,
): Promise<void> {
  try {
    await noteHit(house, mark, kind, requestOf(call))
  } catch (error) {
    house.log.error({ error, messageId: mark.messageId }, 'a hit of a mail could not be noted')
  }
}

function requestOf({ method, headers }: Call): Request {
  const text = (name: string) => [headers[name] ?? ''].flat().join(' ')
  return {
    method,
    userAgent: text('user-agent'),
    purpose: `${text('purpose')} ${text('sec-purpose')} ${text('x-moz')} ${text('x-purpose')}`,
  }
}

/**
 * Notes that something asked for a picture or link, and judges all hits of that mail anew. Of the request two words
 * stay, decided here: neither its address nor its program is written down anywhere.
 */
async function noteHit(
  house: House,
  { organizationId, messageId, link }: ReadingMark & { organizationId: string },
  kind: HitKind,
  request: Request,
): Promise<void> {
  const tenant = await house.tenant(organizationId)
  const actor = systemActor(organizationId, 'mail')
  await write(house, { tenant, actor }, async (ctx) => {
    const message = await lockReading(ctx.tx, organizationId, messageId)
    if (!message) return
    const at = ctx.clock.now()
    const before = await findHits(ctx.tx, organizationId, messageId)
    const surplus = before.length >= HITS_MAX ? 1 : 0
    const { sign, client } = signOf(request)
    const row = {
      organization_id: organizationId,
      message_id: messageId,
      id: ctx.ids.next(),
      kind,
      link: kind === 'link' ? Math.min(link, 99) : 0,
      at,
      sign,
      client,
      verdict: 'person' as const,
      because: 'none' as const,
    }
    const hits = surplus ? before : [...before, row]
    const judged = judge(hits, message.sent_at)
    if (!surplus) await insertHit(ctx.tx, { ...row, ...judged.at(-1)! })
    for (const [index, hit] of before.entries())
      if (hit.because !== judged[index]!.because)
        await judgeAnew(ctx.tx, hit, judged[index]!.verdict, judged[index]!.because)
    await putReading(ctx.tx, { organizationId, messageId }, { ...readingOf(hits, judged), surplus }, at)
  })
}
