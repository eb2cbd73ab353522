import { expect, test } from 'vitest'
import { signOf } from './sign.ts'

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

test.each([
  [
    'Gmail looking ahead',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0',
    'prefetch',
    'gmail',
  ],
  [
    'Gmail when somebody looks',
    'Mozilla/5.0 (Windows; U; Windows NT 5.1; de; rv:1.9.0.7) Gecko/2009021910 Firefox/3.0.7 (via ggpht.com GoogleImageProxy)',
    'image-proxy',
    'gmail',
  ],
  [
    'Yahoo when somebody looks',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    'image-proxy',
    'yahoo',
  ],
  ['Apple behind its proxies', 'Mozilla/5.0', 'privacy-proxy', 'apple'],
  [
    'Apple without them',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    'plain',
    'apple',
  ],
  [
    'Apple on a desk',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    'plain',
    'apple',
  ],
  ['Outlook on a desk', 'Mozilla/4.0 (compatible; ms-office; MSOffice 16)', 'plain', 'outlook'],
  [
    'Outlook with its browser',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; Microsoft Outlook 16.0.17928) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    'plain',
    'outlook',
  ],
  [
    'Thunderbird',
    'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0',
    'plain',
    'thunderbird',
  ],
  [
    'WeChat',
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.56',
    'plain',
    'wechat',
  ],
  [
    'QQ Mail on a phone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 QQMail/6.5.8',
    'plain',
    'qq',
  ],
  [
    '网易邮箱大师',
    'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36 MailMaster/7.19.6',
    'plain',
    'netease',
  ],
  ['a browser', CHROME, 'plain', 'browser'],
  ['a crawler', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'robot', 'unknown'],
  ['a gateway with a name', 'Mozilla/5.0 (compatible; Mimecast URL Protect)', 'robot', 'unknown'],
  ['a gateway with a name in a browser’s clothes', `${CHROME} BarracudaCentral`, 'robot', 'unknown'],
  ['a program', 'python-requests/2.32.3', 'robot', 'unknown'],
  ['curl', 'curl/8.5.0', 'robot', 'unknown'],
  ['nobody who says who they are', '', 'robot', 'unknown'],
] as const)('%s', (_, userAgent, sign, client) => {
  expect(signOf({ method: 'GET', userAgent, purpose: '' })).toEqual({ sign, client })
})

test('a request without a body is nobody’s reading', () => {
  expect(signOf({ method: 'HEAD', userAgent: CHROME, purpose: '' }).sign).toBe('head')
})

test.each(['prefetch', 'prefetch;prerender', 'preview'])('what calls itself %s is nobody’s reading', (purpose) => {
  expect(signOf({ method: 'GET', userAgent: CHROME, purpose }).sign).toBe('prefetch')
})
