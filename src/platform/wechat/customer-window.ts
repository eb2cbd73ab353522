/**
 * How long and how often a service account may write to somebody of its own accord after they have done something.
 * Each act opens a window of its own; the same act again opens it anew.
 * Source: developers.weixin.qq.com, 客服消息下发规则 (read 2026-11).
 */
export const WINDOWS = {
  message: { count: 5, seconds: 48 * 3600 },
  menu: { count: 3, seconds: 60 },
  follow: { count: 3, seconds: 60 },
  scan: { count: 3, seconds: 60 },
} as const

export type WindowAct = keyof typeof WINDOWS

export interface CustomerWindow {
  act: WindowAct
  closesAt: Date
  left: number
}

export function windowAfter(act: WindowAct, at: Date): CustomerWindow {
  return { act, closesAt: new Date(at.getTime() + WINDOWS[act].seconds * 1000), left: WINDOWS[act].count }
}

/** The windows after one more act: one per kind of act. */
export function withAct(windows: readonly CustomerWindow[], act: WindowAct, at: Date): CustomerWindow[] {
  return [...windows.filter((window) => window.act !== act), windowAfter(act, at)]
}

/** The window a message should use: of those still open the one that closes first. Why there is none, in the server's words. */
export function openWindow(
  windows: readonly CustomerWindow[],
  now: Date,
): CustomerWindow | 'window-closed' | 'window-used' {
  const open = windows.filter(({ closesAt }) => closesAt > now)
  if (open.length === 0) return 'window-closed'
  const usable = open.filter(({ left }) => left > 0).toSorted((a, b) => a.closesAt.getTime() - b.closesAt.getTime())
  return usable[0] ?? 'window-used'
}
