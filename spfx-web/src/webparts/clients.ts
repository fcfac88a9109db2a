/** SPFx's clients in the shape that the rest of this front end knows. */
import { AadHttpClient, SPHttpClient, type ISPHttpClientOptions } from '@microsoft/sp-http';
import type { WebPartContext } from '@microsoft/sp-webpart-base';

import type { Get } from '../data/backend';
import type { Send } from '../data/send';

export function listSend(context: WebPartContext): Send {
  const site = context.pageContext.web.absoluteUrl.replace(/\/$/, '');
  return async (call) => {
    const options: ISPHttpClientOptions = { method: call.method, headers: call.headers, body: call.body };
    const reply = await context.spHttpClient.fetch(site + call.path, SPHttpClient.configurations.v1, options);
    return {
      status: reply.status,
      header: (name) => reply.headers.get(name) ?? undefined,
      json: () => reply.json(),
      text: () => reply.text()
    };
  };
}

/** The token says who asks, nothing more: the backend authorises every answer. */
export function backendGet(context: WebPartContext, api: { apiBase: string; clientId: string }): Get {
  return async (path) => {
    if (!api.apiBase || !api.clientId) throw new Error('no backend is configured');
    const client = await context.aadHttpClientFactory.getClient(`api://${api.clientId}`);
    const reply = await client.get(api.apiBase.replace(/\/$/, '') + path, AadHttpClient.configurations.v1);
    if (!reply.ok) throw new Error(`${reply.status} ${path.split('?')[0]}`);
    return reply.json();
  };
}
