import type { Locale } from '../../../../platform/contract/index.ts'

export interface NoticePage {
  locale: Locale
  organization: string
  notices: readonly { templateId: string; title: string; lasting: boolean }[]
  /** Of this answer: only scripts that carry it run. */
  nonce: string
  word: (key: string) => string
}

/** What WeChat's own part of the page is fetched from; nothing else is. */
export const NOTICE_PAGE_POLICY = (nonce: string) =>
  `default-src 'self'; script-src 'nonce-${nonce}' https://res.wx.qq.com; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://*.qq.com; connect-src 'self' https://*.qq.com; frame-ancestors 'self'; base-uri 'none'`

/** WeChat's version that knows `wx-open-subscribe`. Source: developers.weixin.qq.com, open tags (read 2026-11). */
const SDK = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/**
 * Each notice has a button of WeChat's own: its question comes from WeChat, and what is answered is told to us by a callback
 * (`subscribe_msg_popup_event`), whoever asks. The page names nobody and knows nobody.
 */
export function noticePageOf({ locale, organization, notices, nonce, word }: NoticePage): string {
  const line = (key: string) => escapeHtml(word(key))
  const card = ({ templateId, title, lasting }: NoticePage['notices'][number], index: number) =>
    `<section><h2>${escapeHtml(title)}</h2><p class="small">${line(lasting ? 'lasting' : 'once')}</p>` +
    `<wx-open-subscribe template="${escapeHtml(templateId)}" id="ask${index}"><script type="text/wxtag-template" slot="style"><style>.ask{width:100%;min-height:52px;border:0;border-radius:10px;background:#0b7a75;color:#fff;font-size:18px}</style></script><script type="text/wxtag-template"><button class="ask">${line('yes')}</button></script></wx-open-subscribe>` +
    `<p role="status" id="said${index}"></p></section>`
  const list = notices.length > 0 ? notices.map(card).join('') : `<p>${line('none')}</p>`
  const words = JSON.stringify({
    accepted: word('accepted'),
    refused: word('refused'),
    failed: word('failed'),
    outside: word('outside'),
  }).replaceAll('<', '\\u003c')
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${line('title')}</title><style>${STYLE}</style></head>` +
    `<body><main><div class="from">${escapeHtml(organization)}</div><h1>${line('title')}</h1><p>${line('text')}</p><p role="alert" id="fault" hidden></p><div id="asks">${list}</div><p class="foot"><a href="/my">${line('home')}</a></p></main>` +
    `<script src="${SDK}" nonce="${nonce}"></script><script nonce="${nonce}">(${SCRIPT})(${words},${notices.length})</script></body></html>`
  )
}

/** Runs on the phone, as it stands here. */
const SCRIPT = `function (words, count) {
  function show(id, text) { var at = document.getElementById(id); at.textContent = text; at.hidden = false }
  function fail(text) { show('fault', text); document.getElementById('asks').hidden = true }
  if (!/MicroMessenger/i.test(navigator.userAgent) || typeof wx === 'undefined') { fail(words.outside); return }
  fetch(location.pathname + '/config?url=' + encodeURIComponent(location.href.split('#')[0]))
    .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))) })
    .then(function (config) {
      wx.error(function () { fail(words.failed) })
      wx.config(Object.assign({ debug: false, jsApiList: ['checkJsApi'], openTagList: ['wx-open-subscribe'] }, config))
    })
    .catch(function () { fail(words.failed) })
  function listen(index) {
    var ask = document.getElementById('ask' + index)
    ask.addEventListener('success', function (event) {
      var told = String((event.detail || {}).subscribeDetails || '')
      show('said' + index, told.indexOf('accept') >= 0 ? words.accepted : words.refused)
    })
    ask.addEventListener('error', function () { show('said' + index, words.failed) })
  }
  for (var index = 0; index < count; index++) listen(index)
}`

const STYLE = `
body{margin:0;background:#faf7f2;color:#1f2a2a;font:18px/1.75 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif}
main{max-width:520px;margin:0 auto;padding:40px 20px}.from{color:#0b7a75;font-size:16px}h1{font-size:24px;line-height:1.4;margin:12px 0}h2{font-size:18px;margin:0}
section{border:1px solid #e8e2d8;border-radius:12px;background:#fff;margin:0 0 12px;padding:16px}.small{font-size:15px;color:#57706e;margin:4px 0 12px}
[role=status]{margin:8px 0 0;color:#0b5f5b}[role=status]:empty{display:none}[role=alert]{padding:12px 14px;border-radius:10px;background:#fdf1dc;color:#6b4a00}
a{color:#0b7a75;display:inline-block;padding:10px 0}a:focus-visible{outline:3px solid #f0b65a;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#15201f;color:#e8efee}section{background:#1c2928;border-color:#314341}.from,a{color:#5cc2bb}.small{color:#9db3b0}[role=status]{color:#bfe6e1}}`
