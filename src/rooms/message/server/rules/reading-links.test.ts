import { expect, test } from 'vitest'
import { mailDocument } from './mail-document.ts'
import { withReading } from './reading-links.ts'

const addressOf = (link: number | 'trap', url: string) => `https://p.cn/api/l?t=${link}&u=${encodeURIComponent(url)}`
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!.replaceAll('&#38;', '&'))

const mail = mailDocument({
  locale: 'zh-CN',
  subject: '健康月报',
  organization: '某医院',
  text: '您好',
  own: '<p><a class="x" href="https://a.cn/?b=1&amp;c=2">一</a> <a href="mailto:a@b.cn">写信</a> <a href="tel:4001">打电话</a></p>',
  button: { label: '去看看', link: 'https://p.cn/my' },
  footer: [],
  stop: { label: '不再接收', link: 'https://p.cn/api/u/abc' },
})

test('links lead by us in their order, and to where they led', () => {
  const html = withReading(mail, ['https://p.cn/api/u/abc'], addressOf)
  expect(hrefs(html)).toEqual([
    addressOf(1, 'https://a.cn/?b=1&c=2'),
    'mailto:a@b.cn',
    'tel:4001',
    addressOf(2, 'https://p.cn/my'),
    'https://p.cn/api/u/abc',
    addressOf('trap', ''),
  ])
})

test('the picture and the hidden link stand at the end of the mail, and are nothing to a screen reader', () => {
  const html = withReading(mail, [], addressOf)
  expect(html).toMatch(
    /<a [^>]*style="display:none" aria-hidden="true" tabindex="-1"><\/a><img [^>]*alt=""[^>]*><\/body><\/html>$/,
  )
})

test('a mail without a frame gets them too', () => {
  expect(withReading('<p>好</p>', [], addressOf)).toMatch(/^<p>好<\/p><a .*<img /)
})
