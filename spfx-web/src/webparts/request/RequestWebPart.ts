import { FlowWebPart, type Page } from '../FlowWebPart';

export default class RequestWebPart extends FlowWebPart {
  protected load(): Promise<Page> {
    return import(/* webpackChunkName: 'request' */ '../../request/page');
  }
}
