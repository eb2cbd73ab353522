import { LOOK } from '../compile/look.ts'
import type { Locale } from '../../../../platform/contract/index.ts'

export interface MailDocument {
  locale: Locale
  subject: string
  organization: string
  /** The plain text, made into paragraphs where the template brings no HTML of its own. */
  text: string
  own: string | null
  button: { label: string; link: string } | null
  footer: readonly string[]
  stop: { label: string; link: string } | null
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/**
 * The one frame of all mails: a single column that old and new mail programs draw alike, 17 px for eyes of seventy,
 * no picture, nothing fetched from anywhere, readable in the dark.
 */
export function mailDocument({ locale, subject, organization, text, own, button, footer, stop }: MailDocument): string {
  const body = own ?? paragraphs(text)
  const lead = button
    ? `<p style="margin:28px 0 8px"><a href="${escapeHtml(button.link)}" style="${BUTTON}">${escapeHtml(button.label)}</a></p>`
    : ''
  const end = stop
    ? `<p style="margin:8px 0 0"><a href="${escapeHtml(stop.link)}" style="color:#57706e">${escapeHtml(stop.label)}</a></p>`
    : ''
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${DARK}${stylesFor(body)}</style></head>`,
    `<body style="margin:0;background:#faf7f2" class="pb-ground"><div style="max-width:560px;margin:0 auto;padding:24px 16px;${FONT}">`,
    `<div style="font-size:15px;color:#0b7a75;margin:0 4px 12px" class="pb-head">${escapeHtml(organization)}</div>`,
    `<div style="background:#ffffff;border:1px solid #e8e2d8;border-radius:12px;padding:24px 22px;font-size:17px;line-height:1.75;color:#1f2a2a" class="pb-sheet">${body}${lead}</div>`,
    `<div style="font-size:13px;line-height:1.7;color:#57706e;margin:16px 4px 0" class="pb-foot">${footer.map((line) => `<p style="margin:0">${escapeHtml(line)}</p>`).join('')}${end}</div>`,
    `</div></body></html>`,
  ].join('')
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('')
}

/** What blocks need beside what stands in their elements; a letter without them does not carry it. */
function stylesFor(body: string): string {
  return [
    body.includes('pb-half') ? '@media (min-width:480px){.pb-half{width:48%!important;padding-right:2%}}' : '',
    body.includes('<hr')
      ? `@media (prefers-color-scheme:dark){.pb-sheet hr{border-color:${LOOK.dark.line}!important}}`
      : '',
    body.includes('pb-note')
      ? `@media (prefers-color-scheme:dark){.pb-note{background:${LOOK.dark.note}!important}}`
      : '',
  ].join('')
}

const FONT = "font-family:-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"
const BUTTON =
  'display:inline-block;background:#0b7a75;color:#ffffff;text-decoration:none;border-radius:8px;padding:12px 24px;font-size:17px'
const DARK =
  '@media (prefers-color-scheme:dark){.pb-ground{background:#15201f!important}.pb-sheet{background:#1d2a29!important;border-color:#2c3b39!important;color:#e8efee!important}.pb-foot,.pb-foot a{color:#9db3b0!important}.pb-head{color:#5cc2bb!important}}'
