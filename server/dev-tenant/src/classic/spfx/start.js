// Starts the SharePoint Framework with what the page says of itself, then loads the page's web parts.
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("spfxData").dataset.spfx);
  window._spPageContextInfo = data.preloaded.spPageContextInfo;

  function fail(error, element) {
    console.error(error);
    const place = element || document.querySelector(".webPart");
    place.classList.add("error");
    place.textContent = "Web パーツを表示できませんでした。" + (error && error.message ? " " + error.message : "");
  }

  if (!window.spModuleLoader) return fail(new Error("SPFx のローダーを読み込めませんでした。"));
  const loader = window.spModuleLoader;
  (loader._SPStarter || loader)._isTelemetryDisabled = true;
  const start = loader.start ? loader : loader._SPStarter;
  start.start(data.preloaded, fail).then((application) => Promise.all(data.parts.map((part) => {
    const element = document.getElementById(part.element);
    const manifest = data.preloaded.manifests.find((one) => one.id === part.webPartData.id);
    return application.loadWebPart(element, manifest, part.webPartData).catch((error) => fail(error, element));
  }))).catch((error) => fail(error));
})();
