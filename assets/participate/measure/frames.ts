/** Frames: how often this browser paints, so that a lag can be judged in frames. */
import { tenths } from "./pagewatch"

const FRAMES_COUNT = 30
const LONGEST_MS = 1500

/** The middle time between two frames in milliseconds; null where the page is out of sight and none come. */
export function frameInterval(): Promise<number | null> {
  return new Promise((done) => {
    const times: number[] = []
    const timer = setTimeout(() => done(middleGap(times)), LONGEST_MS)
    const look = (now: number): void => {
      times.push(now)
      if (times.length <= FRAMES_COUNT) return void requestAnimationFrame(look)
      clearTimeout(timer)
      done(middleGap(times))
    }
    requestAnimationFrame(look)
  })
}

/** The median of the gaps between these times; null with fewer than five gaps. */
export function middleGap(times: readonly number[]): number | null {
  const gaps = times.slice(1).map((time, i) => time - times[i]!)
  if (gaps.length < 5) return null
  const sorted = gaps.sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  return tenths(sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2)
}
