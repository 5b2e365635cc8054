import {useEffect, useState} from "react"

const PAUSE_MS = 200

/**
 * Words that the address bar keeps: typed here at once, told to the address after a pause.
 *
 * @param value what the address says
 * @param tell the same function each time, or it is told later
 */
export function useTyped(value: string, tell: (words: string) => void): [words: string, type: (words: string) => void] {
  const [words, setWords] = useState(value)
  const [seen, setSeen] = useState(value)
  const [sent, setSent] = useState(value)
  // The address may change without typing: a cleared filter, a step back. What comes back of one's own typing changes nothing.
  if (seen !== value) {
    setSeen(value)
    if (value !== sent) setWords(value)
  }
  useEffect(() => {
    if (words === value) return undefined
    const timer = setTimeout(() => {
      setSent(words)
      tell(words)
    }, PAUSE_MS)
    return () => { clearTimeout(timer) }
  }, [words, value, tell])
  return [words, setWords]
}
