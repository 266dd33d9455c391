const firstDocument = `# Ctrl+Space completes, Ctrl+Enter runs. Sign in through the header pane: { "authorization": "Bearer …" }
query WhoAmI {
  viewer {
    id
    name
  }
}
`

/** GraphiQL as one page without any other address in it (开发控制台); its nine megabytes are loaded when somebody first asks. */
export async function renderGraphiql(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  return renderGraphiQL({
    title: 'haochaping-hub 数据图',
    endpoint: '/graphql',
    defaultQuery: firstDocument,
    subscriptionsProtocol: 'WS',
    headerEditorEnabled: true,
  } as Parameters<typeof renderGraphiQL>[0])
}
