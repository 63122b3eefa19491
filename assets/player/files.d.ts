declare module "*.css" {
  const text: string
  export default text
}
declare module "*.svg" {
  const text: string
  export default text
}
declare module "*/hold.js" {
  const start: () => () => void
  export default start
}
declare module "*/arrival.js" {
  const watch: () => void
  export default watch
}
declare module "*/loader.js" {
  const load: (component: { data: { module: string; part: string } }) => Promise<() => void>
  export default load
}
declare module "*/notices.js" {
  const watch: (component: { data: Record<string, string>; parentElement: Element }) => () => void
  export default watch
}
