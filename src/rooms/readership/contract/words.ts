/** What asked for a picture or a link, as far as one request tells. */
export const SIGNS = ['plain', 'image-proxy', 'prefetch', 'privacy-proxy', 'robot', 'head'] as const
export type Sign = (typeof SIGNS)[number]

/** Programs people read mails with, in families; finer is not kept. */
export const CLIENTS = [
  'wechat',
  'qq',
  'netease',
  'gmail',
  'yahoo',
  'outlook',
  'apple',
  'thunderbird',
  'browser',
  'unknown',
] as const
export type ClientFamily = (typeof CLIENTS)[number]

export const HIT_KINDS = ['picture', 'link', 'trap'] as const
export type HitKind = (typeof HIT_KINDS)[number]

export const VERDICTS = ['person', 'machine'] as const
export type ReadingVerdict = (typeof VERDICTS)[number]

/** Why a hit counts as one of a machine; `none`: nothing speaks against a person. */
export const BECAUSE = [
  'none',
  'prefetch',
  'privacy-proxy',
  'robot',
  'head',
  'trap',
  'beside-trap',
  'beside-robot',
  'many-links',
  'at-delivery',
] as const
export type Because = (typeof BECAUSE)[number]
