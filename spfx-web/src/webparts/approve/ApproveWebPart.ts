import { FlowWebPart, type Page } from '../FlowWebPart';

export default class ApproveWebPart extends FlowWebPart {
  protected load(): Promise<Page> {
    return import(/* webpackChunkName: 'approve' */ '../../approve/page');
  }
}
