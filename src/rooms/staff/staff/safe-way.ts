/** Where to go on after signing in: only to a page of ours, never to another site that somebody put behind `?next=`. */
export function safeWay(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/'
}
