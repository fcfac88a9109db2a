import { BaseClientSideWebPart } from '@microsoft/sp-webpart-base';
import type { IPropertyPaneConfiguration } from '@microsoft/sp-property-pane';
import * as strings from 'RequestStrings';

import { backendGet, listSend } from './clients';

export interface RequestProperties {
  apiBase: string;
  clientId: string;
}

export default class RequestWebPart extends BaseClientSideWebPart<RequestProperties> {
  private page?: typeof import('../../request/page');
  private pane?: typeof import('./propertyPane');

  public render(): void {
    this.show().catch((reason) => this.renderError(reason as Error));
  }

  protected onDispose(): void {
    this.page?.close(this.domElement);
  }

  /** Classic pages load the pane even to read; ours comes only when it is opened. */
  protected async loadPropertyPaneResources(): Promise<void> {
    this.pane = await import(/* webpackChunkName: 'property-pane' */ './propertyPane');
  }

  protected getPropertyPaneConfiguration(): IPropertyPaneConfiguration {
    return this.pane?.configuration() ?? { pages: [] };
  }

  private async show(): Promise<void> {
    this.page = await import(/* webpackChunkName: 'request' */ '../../request/page');
    const { pageContext } = this.context;
    this.page.open(this.domElement, {
      strings,
      send: listSend(this.context),
      get: backendGet(this.context, this.properties),
      site: pageContext.web.serverRelativeUrl
    });
  }
}
