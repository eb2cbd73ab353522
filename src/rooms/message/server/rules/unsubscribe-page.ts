import type { Locale } from '../../../../platform/contract/index.ts'
import type { Purpose } from '../../contract/words.ts'
import { escapeHtml } from './mail-document.ts'

export type PageState = 'ask' | 'out' | 'in'

/** A page for a thumb and tired eyes; no script, nothing fetched, one button. It names nobody: whoever was forwarded the mail sees it too. */
export function unsubscribePageOf(page: {
  locale: Locale
  organization: string
  state: PageState
  purpose: Purpose
  token: string
  word: (key: string) => string
}): string {
  const { locale, organization, state, purpose, token, word } = page
  const line = (key: string) => escapeHtml(word(key))
  const form = (action: string, label: string, quiet: boolean) =>
    `<form method="post" action="/api/u/${encodeURIComponent(token)}${action}"><button${quiet ? ' class="quiet"' : ''}>${label}</button></form>`
  const body = {
    ask: `<h1>${line(`ask.${purpose}.title`)}</h1><p>${line(`ask.${purpose}.text`)}</p>${form('', line('ask.button'), false)}`,
    out: `<h1>${line('out.title')}</h1><p>${line(`out.${purpose}`)}</p>${form('/again', line('out.button'), true)}`,
    in: `<h1>${line('in.title')}</h1><p>${line('in.text')}</p>`,
  }[state]
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${line('title')}</title><style>${STYLE}</style></head><body><main><div class="from">${escapeHtml(organization)}</div>${body}<p class="foot">${line('foot')}</p></main></body></html>`
}

const STYLE = `
body{margin:0;background:#faf7f2;color:#1f2a2a;font:18px/1.75 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif}
main{max-width:520px;margin:0 auto;padding:40px 20px}.from{color:#0b7a75;font-size:16px}h1{font-size:24px;line-height:1.4;margin:12px 0}
button{font:inherit;width:100%;min-height:52px;border:0;border-radius:10px;background:#0b7a75;color:#fff;cursor:pointer;margin-top:12px}
button.quiet{background:#fff;color:#0b7a75;border:1px solid #0b7a75}button:focus-visible{outline:3px solid #f0b65a;outline-offset:2px}
.foot{font-size:15px;color:#57706e;margin-top:32px}
@media (prefers-color-scheme:dark){body{background:#15201f;color:#e8efee}button.quiet{background:transparent;color:#5cc2bb;border-color:#5cc2bb}.from{color:#5cc2bb}.foot{color:#9db3b0}}`
