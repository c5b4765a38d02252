/**
 * What the user does on the map: pointing, clicking, keys.
 */
(function (tm) {
  "use strict";

  const CLICK_MS = 230; // a second click within this is a double click
  let clickTimer = 0;

  /** Bind the user's doings to a map. @param {function()} moved after every pan and zoom */
  function bind(map, container, moved) {
    map.on("moveend", () => {
      tm.view.write();
      if (tm.spec) moved();
    });
    map.on("mousemove", (event) => tm.canHover() && !tm.draw.busy() && !map.dragging.moving() && tm.hover.show(event.containerPoint));
    map.on("mouseout movestart zoomstart", () => tm.hover.hide());
    map.on("click", (event) => onClick(map, event));
    map.on("dblclick", (event) => {
      window.clearTimeout(clickTimer);
      if (tm.draw.busy()) return;
      const local = tm.hover.under(event.containerPoint);
      if (local && local.place) {
        tm.select(local.place);
        tm.drill(local.place);
      } else map.setZoomAround(event.containerPoint, map.getZoom() + 1);
    });
    container.addEventListener("keydown", (event) => onKey(map, event));
    // Leaflet focuses the map on every click, so :focus-visible alone does not mean the keyboard.
    const byKeys = () => container.classList.contains("tm-by-keys");
    container.addEventListener("pointerdown", () => container.classList.remove("tm-by-keys"));
    container.addEventListener("wheel", () => container.classList.remove("tm-by-keys"), { passive: true });
    container.addEventListener("keyup", () => {
      if (byKeys()) return;
      container.classList.add("tm-by-keys");
      tm.cursor.begin();
    });
    tm.cursor.bind(container);
    container.addEventListener("blur", () => {
      container.classList.remove("tm-by-keys");
      tm.hover.hide();
    });
    map.on("moveend", () => byKeys() && tm.cursor.show());
  }

  function onClick(map, event) {
    window.clearTimeout(clickTimer);
    if (!tm.spec || tm.draw.busy()) return;
    const local = tm.hover.under(event.containerPoint);
    if (local && local.cluster) {
      map.setView([local.cluster.lat, local.cluster.lon], Math.min(map.getMaxZoom(), map.getZoom() + 2));
      return;
    }
    const place = local ? local.place : placeUnder(event.latlng);
    if (local && local.point && !local.place) return;
    const { ctrlKey, metaKey } = event.originalEvent;
    if ((ctrlKey || metaKey) && place) tm.go({ place: tm.shapes.toggled(selected(), place) });
    else clickTimer = window.setTimeout(() => tm.select(place), CLICK_MS);
  }

  /** Beside all cells a click means the park or the district, outside the city nothing. */
  function placeUnder({ lat, lng }) {
    const park = tm.spec.parks ? tm.areas.at("park", lat, lng) : null;
    const place = park || tm.areas.at("district", lat, lng);
    return place ? place.kind + ":" + place.code : "";
  }

  /** The place of the address: the spec comes a moment later. */
  function selected() {
    return new URLSearchParams(window.location.search).get("place") || "";
  }

  function onKey(map, event) {
    if (event.target !== map.getContainer()) return;
    if (event.key === "Escape" && tm.spec && tm.spec.place) tm.select("");
  }

  tm.user = { bind };
})(window.tm);
