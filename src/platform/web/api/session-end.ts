let leave: () => void = () => {}

/** What happens when the server no longer knows who is asking. The app says where the sign-in page is. */
export const session = {
  /** Called with the code of every refusal: a wrong password is a 401 too, but no end. */
  refused(code: string): void {
    if (code === 'NotSignedIn' || code === 'SignInUnfinished') leave()
  },
  onEnd(listener: () => void): void {
    leave = listener
  },
}
