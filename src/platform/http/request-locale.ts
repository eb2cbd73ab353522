import type { FastifyRequest } from 'fastify'
import type { Locale } from '../contract/words.ts'

/** The language the page is in, else what the browser asks for, else Chinese. */
export function requestLocale(request: FastifyRequest): Locale {
  const chosen = request.headers['x-peiban-locale']
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  const asked = request.headers['accept-language'] ?? ''
  return /^en\b/i.test(asked) ? 'en' : 'zh-CN'
}
