/** Plan: a prepared run of a plan, told as a person changed it. */
import type { Event, EventData } from "../events"
import type { ApprovedStep } from "../pieces/questions"

/** The events with the steps that were approved, in their order and names; what was renamed has no known result. */
export function withApprovedSteps(events: readonly Event[], steps: readonly ApprovedStep[]): readonly Event[] {
  const planned = events.filter(isStep)
  if (!planned.length) return events
  const results = new Map(planned.map(({ text = "", data }) => [text, (data as EventData["status"]).result ?? ""]))
  const last = events.find(isLog)?.at ?? planned.at(-1)!.at
  const first = planned[0]!.at
  const told = steps.map(({ name, was }) => ({ name, result: name === was ? (results.get(was) ?? "") : "" }))
  const signs = told.map(({ name, result }, i): Event => {
    const at = first + (i * (last - first)) / told.length
    return { at, kind: "status", text: name, data: { shape: "step", ...(result && { result }) } }
  })
  const log = (event: Event): Event => {
    const data = { ...event.data, items: told.map(({ name }) => name), results: told.map(({ result }) => result) }
    return { ...event, data } as Event
  }
  const rest = events.filter((event) => !isStep(event)).map((event) => (isLog(event) ? log(event) : event))
  return [...signs, ...rest].sort((one, other) => one.at - other.at)
}

const isStep = (event: Event): boolean => event.kind === "status" && event.data?.shape === "step"

const isLog = (event: Event): boolean => event.kind === "notice" && event.data?.tone === "steps"
