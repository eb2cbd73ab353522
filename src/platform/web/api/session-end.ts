let leave: () => void = () => {}

/** What happens when the server no longer knows who is asking. The app says where the sign-in page is. */
export const session = {
  ended: (): void => leave(),
  onEnd(listener: () => void): void {
    leave = listener
  },
}
