export const SIGN_IN_PATH = '/sign-in'

/** Where to sign in, and where to go on afterwards. */
export function signInAddress(location: { pathname: string; search: string }): string | undefined {
  if (location.pathname === SIGN_IN_PATH) return undefined
  const back = location.pathname + location.search
  return back === '/' ? SIGN_IN_PATH : `${SIGN_IN_PATH}?next=${encodeURIComponent(back)}`
}
