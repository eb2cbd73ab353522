import { escapeHtml } from '../../../message/server/index.ts'
import type { Locale } from '../../../../platform/contract/index.ts'

export type FilePageState = 'ask' | 'wrong' | 'unread' | 'shut'

/** A page for a thumb and tired eyes; no script, nothing fetched. It names nobody and says nothing of the file. */
export function filePageOf(page: {
  locale: Locale
  organization: string
  state: FilePageState
  token: string
  word: (key: string) => string
}): string {
  const { locale, organization, state, token, word } = page
  const line = (key: string) => escapeHtml(word(key))
  const isWrong = state === 'wrong' || state === 'unread'
  const form = `<form method="post" action="/api/f/${encodeURIComponent(token)}"><label for="d">${line('label')}</label><input id="d" name="birthDate" inputmode="numeric" autocomplete="off" required maxlength="20" aria-describedby="h${isWrong ? ' e' : ''}"${isWrong ? ' aria-invalid="true" autofocus' : ''}><p class="hint" id="h">${line('hint')}</p>${isWrong ? `<p class="wrong" id="e" role="alert">${line(state)}</p>` : ''}<button>${line('button')}</button></form>`
  const body =
    state === 'shut'
      ? `<h1>${line('shut.title')}</h1><p>${line('shut.text')}</p>`
      : `<h1>${line('title')}</h1><p>${line('text')}</p>${form}`
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${line('title')}</title><style>${STYLE}</style></head><body><main><div class="from">${escapeHtml(organization)}</div>${body}<p class="foot">${line('foot')}</p></main></body></html>`
}

const STYLE = `
body{margin:0;background:#faf7f2;color:#1f2a2a;font:18px/1.75 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif}
main{max-width:520px;margin:0 auto;padding:40px 20px}.from{color:#0b7a75;font-size:16px}h1{font-size:24px;line-height:1.4;margin:12px 0}
label{display:block;margin-top:24px;font-weight:600}input{font:inherit;font-size:22px;letter-spacing:.06em;box-sizing:border-box;width:100%;min-height:56px;padding:0 14px;margin-top:6px;border:1px solid #7c918f;border-radius:10px;background:#fff;color:inherit}
input[aria-invalid]{border-color:#b3261e}.hint{font-size:15px;color:#57706e;margin:6px 0 0}.wrong{color:#b3261e;margin:6px 0 0}
button{font:inherit;width:100%;min-height:52px;border:0;border-radius:10px;background:#0b7a75;color:#fff;cursor:pointer;margin-top:16px}
button:focus-visible,input:focus-visible{outline:3px solid #f0b65a;outline-offset:2px}.foot{font-size:15px;color:#57706e;margin-top:32px}
@media (prefers-color-scheme:dark){body{background:#15201f;color:#e8efee}input{background:#1d2a29;border-color:#57706e}.from{color:#5cc2bb}.foot,.hint{color:#9db3b0}.wrong{color:#ffb4ab}}`
