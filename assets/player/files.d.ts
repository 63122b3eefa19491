declare module "*.css" {
  const text: string
  export default text
}
declare module "*.svg" {
  const text: string
  export default text
}
declare module "*/hold.js" {
  const start: (component: { setStateValue(name: string, value: unknown): unknown }) => () => void
  export default start
}
