/** Which keys do it: `<KeyHint keys={['⌘', 'K']} />`. For eyes only; the control itself says what it does. */
export function KeyHint({ keys }: { keys: readonly string[] }) {
  return (
    <span className="pb-keys" aria-hidden="true">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
