export default async (component) => {
  const player = await import(new URL(component.data.module, document.baseURI).href)
  return player.default(component)
}
