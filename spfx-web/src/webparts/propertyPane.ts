import { PropertyPaneTextField, type IPropertyPaneConfiguration } from '@microsoft/sp-property-pane';
import * as strings from 'FlowStrings';

export function configuration(): IPropertyPaneConfiguration {
  const { pane } = strings;
  const fields = [
    PropertyPaneTextField('apiBase', { label: pane.apiBase }),
    PropertyPaneTextField('clientId', { label: pane.clientId })
  ];
  return { pages: [{ groups: [{ groupName: pane.api, groupFields: fields }] }] };
}
