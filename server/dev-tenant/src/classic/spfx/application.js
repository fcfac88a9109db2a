// The application of a classic page: hosts web parts in elements of the page, as SharePoint's own does.
define(["@microsoft/sp-application-base", "@microsoft/sp-webpart-base"], function (application, webpart) {
  "use strict";
  class ClassicPageApplication extends application.BaseApplication {
    _getPageChromeProvider() {
      return undefined;
    }

    onLoad() {
      return Promise.resolve();
    }

    onRender() {}

    // SharePoint's pages pass the id of the element; `data` is what the page's author saved.
    loadWebPart(domElement, manifest, data) {
      this.manager = this.manager ||
        webpart._ClientSideWebPartManagerFactory.create(new webpart._MinimalWebPartHost(this.context.serviceScope));
      return this.manager.loadWebPart({
        domElement: domElement,
        manifest: manifest,
        instanceId: data.instanceId,
        displayMode: 1,
        webPartData: data,
        addedFromPersistedData: true
      });
    }
  }
  return { __esModule: true, default: ClassicPageApplication };
});
