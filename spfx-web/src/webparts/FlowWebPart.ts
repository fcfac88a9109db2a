import { BaseClientSideWebPart } from '@microsoft/sp-webpart-base';
import type { IPropertyPaneConfiguration } from '@microsoft/sp-property-pane';
import * as strings from 'FlowStrings';

import type { Surroundings } from '../page/environment';
import { backendGet, listSend } from './clients';

export interface FlowProperties {
  apiBase: string;
  clientId: string;
}

/** A page of this solution, in a chunk of its own. */
export interface Page {
  open(element: HTMLElement, around: Surroundings): void;
  close(element: HTMLElement): void;
}

/** What all web parts of this solution are to SPFx; each brings its page. */
export abstract class FlowWebPart extends BaseClientSideWebPart<FlowProperties> {
  private page?: Page;
  private pane?: typeof import('./propertyPane');

  public render(): void {
    this.show().catch((reason) => this.renderError(reason as Error));
  }

  protected abstract load(): Promise<Page>;

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
    this.page = await this.load();
    const { pageContext } = this.context;
    this.page.open(this.domElement, {
      strings,
      send: listSend(this.context),
      get: backendGet(this.context, this.properties),
      site: pageContext.web.serverRelativeUrl,
      person: pageContext.aadInfo?.userId?.toString() ?? '',
      applicant: { upn: pageContext.user.loginName, name: pageContext.user.displayName }
    });
  }
}
