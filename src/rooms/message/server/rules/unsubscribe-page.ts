import type { Locale } from '../../../../platform/contract/index.ts'
import { SIDES, topicsOfSide, type Topic } from '../../contract/topic.ts'
import type { Family } from '../../contract/words.ts'
import { escapeHtml } from './mail-document.ts'

/** A topic by a way, as forms say it. */
export type Pair = `${Topic}:${Family}`

export type PageState =
  | { kind: 'ask' }
  /** @property changed what was just stopped, to be taken back; empty: it stood so before */
  | { kind: 'out'; scope: 'topic' | 'offer'; changed: readonly Pair[] }
  | { kind: 'in' }
  | { kind: 'choices'; saved: boolean; out: ReadonlySet<Pair> }

/** What a mail's page can change: the message centre is the person's own place, nothing is sent there. */
export const WAYS = ['email', 'sms', 'wechat', 'wecom'] as const satisfies Family[]

export interface UnsubscribePage {
  locale: Locale
  organization: string
  state: PageState
  topic: Topic
  token: string
  word: (key: string) => string
}

/**
 * Pages for a thumb and tired eyes; no script, nothing fetched. They name nobody: whoever was forwarded the mail sees them
 * too. A form is what changes something, a link only leads on.
 */
export function unsubscribePageOf(page: UnsubscribePage): string {
  const { locale, organization, state } = page
  const line = (key: string) => escapeHtml(page.word(key))
  const body = state.kind === 'choices' ? choices(page, state, line) : steps(page, state, line)
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${line('title')}</title><style>${STYLE}</style></head><body><main><div class="from">${escapeHtml(organization)}</div>${body}<p class="foot">${line('foot')}</p></main></body></html>`
}

type Line = (key: string) => string
const addressOf = ({ token }: UnsubscribePage, rest = '') => `/api/u/${encodeURIComponent(token)}${rest}`

function form(page: UnsubscribePage, rest: string, label: string, quiet: boolean, fields: Record<string, string> = {}) {
  const hidden = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
  return `<form method="post" action="${addressOf(page, rest)}">${hidden.join('')}<button${quiet ? ' class="quiet"' : ''}>${label}</button></form>`
}

function steps(page: UnsubscribePage, state: Exclude<PageState, { kind: 'choices' }>, line: Line): string {
  const more = `<p><a href="${addressOf(page, '/choices')}">${line('choices.link')}</a></p>`
  switch (state.kind) {
    case 'ask':
      return `<h1>${line('ask.title')}</h1><p>${line('ask.text')}</p>${form(page, '', line('ask.only'), false)}${form(page, '', line('ask.offers'), true, { scope: 'offer' })}<p class="small">${line('ask.offersText')}</p>${more}`
    case 'out': {
      const undo = state.changed.length > 0 ? { back: state.changed.join(',') } : { back: `${page.topic}:email` }
      return `<h1>${line('out.title')}</h1><p>${line(`out.${state.scope}`)}</p>${form(page, '/again', line('out.button'), true, undo)}${more}`
    }
    case 'in':
      return `<h1>${line('in.title')}</h1><p>${line('in.text')}</p>${more}`
  }
}

function choices(page: UnsubscribePage, { saved, out }: Extract<PageState, { kind: 'choices' }>, line: Line): string {
  const box = (topic: Topic, way: Family) =>
    `<label><input type="checkbox" name="keep" value="${topic}:${way}"${out.has(`${topic}:${way}`) ? '' : ' checked'}>${line(`way.${way}`)}</label>`
  const group = (topic: Topic) =>
    `<fieldset><legend>${line(`topic.${topic}`)}</legend><p class="small">${line(`topicText.${topic}`)}</p><div class="ways">${WAYS.map((way) => box(topic, way)).join('')}</div></fieldset>`
  const side = (one: (typeof SIDES)[number]) =>
    `<h2>${line(`side.${one}`)}</h2>${topicsOfSide(one).map(group).join('')}`
  const said = saved ? `<p class="said" role="status">${line('choices.saved')}</p>` : ''
  return `<h1>${line('choices.title')}</h1>${said}<p>${line('choices.text')}</p><form method="post" action="${addressOf(page, '/choices')}">${SIDES.toReversed().map(side).join('')}<div class="bar"><button>${line('choices.button')}</button></div></form>`
}

const STYLE = `
body{margin:0;background:#faf7f2;color:#1f2a2a;font:18px/1.75 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif}
main{max-width:520px;margin:0 auto;padding:40px 20px}.from{color:#0b7a75;font-size:16px}h1{font-size:24px;line-height:1.4;margin:12px 0}h2{font-size:19px;margin:28px 0 8px}
button{font:inherit;width:100%;min-height:52px;padding:8px 12px;border:0;border-radius:10px;background:#0b7a75;color:#fff;cursor:pointer;margin-top:12px}
button.quiet{background:#fff;color:#0b7a75;border:1px solid #0b7a75}button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #f0b65a;outline-offset:2px}
a{color:#0b7a75;display:inline-block;padding:10px 0}.small{font-size:15px;color:#57706e;margin:4px 0}.said{padding:10px 14px;border-radius:10px;background:#e3f1ef;color:#0b5f5b}
fieldset{border:1px solid #e8e2d8;border-radius:12px;background:#fff;margin:0 0 12px;padding:12px 16px}legend{font-weight:600;padding:0 4px}
.ways{display:grid;grid-template-columns:1fr 1fr;gap:4px 12px}label{display:flex;align-items:center;gap:10px;min-height:44px}input[type=checkbox]{width:22px;height:22px;accent-color:#0b7a75;flex:none}
.bar{position:sticky;bottom:0;padding:4px 0 16px;background:linear-gradient(transparent,#faf7f2 30%)}
.foot{font-size:15px;color:#57706e;margin-top:32px}
@media (prefers-color-scheme:dark){body{background:#15201f;color:#e8efee}fieldset{background:#1c2928;border-color:#314341}button.quiet{background:transparent;color:#5cc2bb;border-color:#5cc2bb}.from,a{color:#5cc2bb}.foot,.small{color:#9db3b0}.said{background:#1f3a37;color:#bfe6e1}.bar{background:linear-gradient(transparent,#15201f 30%)}}`
