/* The map itself: the land, what was found on it, and its step with the list. Loaded when somebody asks for it. */

const MOST_ZOOM = 10; /* The outline is good to a kilometre or two: closer, a door would stand in the lake. */
const AREA_ZOOM = 9; /* As near as an area may be seen: it stays one, and never becomes a point. */
const LEAST_ZOOM = 3;
const REGION_ZOOM = 6; /* A region is in sight: what is farther one finds by zooming out. */
const CANADA = [[38, -170], [85, -44]]; // prettier-ignore
const PER_PAGE = 20;
const METRES_A_PIXEL = 156543.034; /* At the equator, zoom 0. */
const MARK = { door: 26, area: 44, many: 38, areas: 44 };

const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

/* Rows into objects; `at` is the place in the list, from 0. */
function spotsOf({ columns, services, texts }) {
  const read = (row, at) => {
    const spot = Object.fromEntries(columns.map((name, i) => [name, row[i]]));
    for (const name of ["kind", "where", "open"]) spot[name] = texts[spot[name]];
    return { ...spot, at, point: [spot.latitude, spot.longitude] };
  };
  return services.map((row, at) => row && read(row, at)).filter(Boolean);
}

class MapView {
  constructor(frame, L, { told, points, land, groups }) {
    Object.assign(this, { L, told, words: points.words, groups });
    this.spots = spotsOf(points);
    this.cards = new Map(
      [...document.querySelectorAll("[data-mark]")].map((card) => [card.dataset.mark, card]),
    );
    this.shown = new Map();
    this.map = this.started(frame.querySelector("[data-ground]"));
    this.names = points.names;
    this.nameLayer = L.layerGroup().addTo(this.map);
    this.first(points.here);
    this.drawLand(land);
    this.drawHere(points.here);
    this.draw();
    this.map.on("moveend", () => this.draw());
    this.follow();
    this.explain(frame);
  }

  started(box) {
    const { L, words } = this;
    const still = isCalm();
    const map = L.map(box, {
      zoomControl: false,
      attributionControl: false,
      scrollWheelZoom: false,
      minZoom: LEAST_ZOOM,
      maxZoom: MOST_ZOOM,
      maxBounds: CANADA,
      zoomAnimation: !still,
      fadeAnimation: !still,
      markerZoomAnimation: !still,
      inertia: !still,
    });
    L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
    L.control.attribution({ prefix: "Leaflet" }).addAttribution(words.outline).addTo(map);
    for (const [name, depth] of [["land", 200], ["names", 450], ["here", 650]]) { // prettier-ignore
      map.createPane(name).style.zIndex = depth;
    }
    return map;
  }

  drawLand({ land, around, lakes, borders }) {
    const { L, map } = this;
    const renderer = L.svg({ pane: "land", padding: 0.5 });
    const drawn = { pane: "land", renderer, interactive: false, stroke: false, fillOpacity: 1 };
    L.polygon(around, { ...drawn, className: "map-around" }).addTo(map);
    L.polygon(land, { ...drawn, className: "map-land" }).addTo(map);
    L.polyline(borders, { ...drawn, stroke: true, fill: false, weight: 1, className: "map-border" }).addTo(map);
    L.polygon(lakes, { ...drawn, className: "map-lake" }).addTo(map);
  }

  drawHere(here) {
    if (!here) return;
    const [name, ...point] = here;
    this.here = point;
    const mark = element("span", "map-here");
    const icon = this.L.divIcon({ html: mark, className: "", iconSize: [20, 30], iconAnchor: [10, 52] });
    const marker = this.L.marker(point, { icon, pane: "here", interactive: false, keyboard: false }).addTo(this.map);
    marker.getElement().setAttribute("role", "img");
    marker.getElement().setAttribute("aria-label", `${this.words.here}: ${name}`);
  }

  /* What this page of the list shows; of a search from somewhere the nearest of it, as far as one sees a region. */
  first(here) {
    const { L, map } = this;
    const own = this.spots.filter((spot) => this.cards.has(spot.mark));
    const points = (own.length ? own : this.spots).map((spot) => spot.point);
    const frame = { maxZoom: AREA_ZOOM, paddingTopLeft: [44, 54], paddingBottomRight: [44, 66], animate: false };
    let bounds = points.length ? L.latLngBounds(points) : L.latLngBounds(CANADA);
    if (here && points.length) {
      bounds = L.latLngBounds([here.slice(1), points[0]]);
      for (const point of points) {
        const wider = L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast()).extend(point);
        if (map.getBoundsZoom(wider, false, L.point(88, 120)) >= REGION_ZOOM) bounds = wider;
      }
    }
    map.fitBounds(bounds, frame);
  }

  pixelsWide(spot) {
    const metres = (METRES_A_PIXEL * Math.cos((spot.latitude * Math.PI) / 180)) / 2 ** this.map.getZoom();
    return (2000 * spot.around_km) / metres;
  }

  boxOf(spot) {
    return this.L.latLng(spot.point).toBounds(spot.around_km * 2000);
  }

  /* Where an area lies in sight or near it, one can't come closer than an area may be seen. */
  limit() {
    const seen = this.map.getBounds().pad(0.5);
    const isNear = (spot) => spot.around_km && seen.intersects(this.boxOf(spot));
    this.map.setMaxZoom(this.spots.some(isNear) ? AREA_ZOOM : MOST_ZOOM);
  }

  draw() {
    this.limit();
    const zoom = this.map.getZoom();
    const seen = this.map.getBounds().pad(0.25);
    const placed = this.spots.map((spot) => {
      const { x, y } = this.map.project(spot.point, zoom);
      return { ...spot, x, y, wide: this.pixelsWide(spot) };
    });
    const groups = this.groups.groupsOf(placed);
    const wanted = new Map(groups.map((group) => [`${zoom} ${group.members[0].at} ${group.isWide}`, group]));
    for (const [key, { marker }] of this.shown) {
      if (!wanted.has(key)) {
        marker.remove();
        this.shown.delete(key);
      }
    }
    for (const [key, group] of wanted) {
      if (!this.shown.has(key) && seen.contains(group.members[0].point)) {
        this.shown.set(key, { group, marker: this.marked(group) });
      }
    }
    this.writeNames();
  }

  nameOf(group, look) {
    const { words } = this;
    const { name } = group.members[0];
    if (group.members.length === 1) return look === "door" ? name : words.oneAround.replace("{name}", name);
    const told = look === "many" ? words.many : words.manyAround;
    return told.replace("{n}", group.members.length);
  }

  marked(group) {
    const { L } = this;
    const look = this.groups.lookOf(group);
    const size = look === "wide" ? Math.round(group.wide) : MARK[look];
    const count = group.members.length;
    const Icon = L.Icon.extend({
      createIcon() {
        const button = element("button", "", count > 1 ? String(count) : "");
        button.type = "button";
        this._setIconStyles(button, "icon");
        return button;
      },
      createShadow: () => null,
    });
    const icon = new Icon({ iconSize: [size, size], className: `map-mark map-${look}` });
    const under = look === "wide" ? -100000 - size : 0;
    const marker = L.marker(group.members[0].point, { icon, keyboard: false, zIndexOffset: under, autoPanOnFocus: true });
    marker.addTo(this.map).on("click", () => this.choose(group, marker));
    const button = marker.getElement();
    button.setAttribute("aria-label", this.nameOf(group, look));
    if (count === 1 && group.members[0].lang) button.lang = group.members[0].lang;
    return marker;
  }

  /* A group opens by coming nearer, as long as that parts it; else it says what is in it. */
  choose(group, marker) {
    const points = this.L.latLngBounds(group.members.map((spot) => spot.point));
    const isOnePlace = points.getSouthWest().equals(points.getNorthEast());
    const areas = group.members.filter((spot) => spot.around_km);
    const bounds = this.L.latLngBounds(points.getSouthWest(), points.getNorthEast()).pad(0.2);
    for (const area of areas) bounds.extend(this.boxOf(area));
    const target = Math.min(this.map.getBoundsZoom(bounds), areas.length ? AREA_ZOOM : MOST_ZOOM);
    if (group.members.length === 1 || isOnePlace || target <= this.map.getZoom()) {
      this.tell(group, marker);
      return;
    }
    this.map.once("moveend", () => this.focusOn(group.members[0]));
    this.map.setView(bounds.getCenter(), target);
  }

  focusOn({ at }) {
    for (const { group, marker } of this.shown.values()) {
      if (group.members.some((spot) => spot.at === at)) marker.getElement()?.focus({ preventScroll: true });
    }
  }

  tell(group, marker) {
    const content = element("div", "map-told");
    if (group.members.length > 1) content.append(element("h3", "", this.nameOf(group, this.groups.lookOf(group))));
    const list = content.appendChild(element("ul"));
    list.append(...group.members.map((spot) => this.entry(spot)));
    if (group.wide) content.append(element("p", "quiet", this.words.area));
    const maxHeight = this.map.getSize().y - 130;
    const popup = this.L.popup({ maxWidth: 250, minWidth: 190, maxHeight, autoPanPadding: [8, 8] });
    popup.setLatLng(marker.getLatLng()).setContent(content).openOn(this.map);
    this.finish(popup, marker);
  }

  /* The focus goes in, and comes back to where it was; Escape closes. */
  finish(popup, marker) {
    const box = popup.getElement();
    const frame = this.map.getContainer();
    frame.classList.add("is-telling");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", marker.getElement().getAttribute("aria-label"));
    box.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", this.words.close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") popup.close();
    });
    popup.on("remove", () => {
      frame.classList.remove("is-telling");
      const isLost = !document.activeElement || document.activeElement === document.body;
      if (isLost) (marker.getElement() ?? frame).focus({ preventScroll: true });
    });
    box.tabIndex = -1;
    box.focus({ preventScroll: true });
  }

  entry(spot) {
    const { words, told } = this;
    const item = element("li");
    const name = element("strong", "", spot.name);
    if (spot.lang) name.lang = spot.lang;
    item.append(name, element("span", "kind", spot.kind), element("span", "", spot.where));
    if (spot.open) item.append(element("span", "", spot.open));
    if (spot.is_demo) item.append(element("span", "demo", words.demo));
    const page = Math.floor(spot.at / PER_PAGE) + 1;
    const card = this.cards.get(spot.mark);
    const link = element("a", "", card ? words.inList : words.onPage.replace("{n}", page));
    /* A place in the list, not an id: the history of a browser keeps what stands behind the #. */
    const row = `#r-${(spot.at % PER_PAGE) + 1}`;
    link.href = card ? `#${card.id}` : `${told.list}${page > 1 ? `${page}/` : ""}${row}`;
    if (card) link.addEventListener("click", (event) => this.lead(event, card));
    item.append(link);
    return item;
  }

  lead(event, card) {
    event.preventDefault();
    this.map.closePopup();
    card.scrollIntoView({ block: "start", behavior: isCalm() ? "auto" : "smooth" });
    card.querySelector("h2 a").focus({ preventScroll: true });
    card.classList.add("is-lit");
    setTimeout(() => card.classList.remove("is-lit"), 4000);
  }

  /* A card that is looked at lights its mark. */
  follow() {
    for (const [mark, card] of this.cards) {
      const light = (isOn) => () => this.light(mark, isOn);
      for (const name of ["mouseenter", "focusin"]) card.addEventListener(name, light(true));
      for (const name of ["mouseleave", "focusout"]) card.addEventListener(name, light(false));
    }
  }

  light(mark, isOn) {
    for (const { group, marker } of this.shown.values()) {
      if (group.members.some((spot) => spot.mark === mark)) marker.getElement()?.classList.toggle("is-lit", isOn);
    }
  }

  /* Names where there is room: none over a mark, none over another, none cut off. */
  writeNames() {
    const { L, map } = this;
    this.nameLayer.clearLayers();
    const boxAt = (point, width, top, height) => {
      const { x, y } = map.latLngToContainerPoint(point);
      return { left: x - width / 2, right: x + width / 2, top: y + top, bottom: y + top + height };
    };
    const taken = [...this.shown.values()]
      .filter(({ group }) => !group.isWide)
      .map(({ group }) => boxAt(group.members[0].point, 30, -15, 30));
    const { x: width, y: height } = map.getSize();
    taken.push({ left: 0, right: 70, top: 0, bottom: 120 }); /* The buttons for coming nearer. */
    taken.push({ left: width - 240, right: width, top: height - 26, bottom: height }); /* Whose outline it is. */
    if (this.here) taken.push(boxAt(this.here, 26, -54, 34));
    const written = this.names
      .filter(([, ...point]) => map.getBounds().contains(point))
      .map(([name, ...point]) => ({ point, marker: this.written(name, point) }));
    /* As wide as they are, whatever the reader's letters; measured together, before any is taken away. */
    const boxes = written.map(({ point, marker }) => {
      const { offsetWidth, offsetHeight, offsetTop } = marker.getElement().firstChild;
      return { marker, ...boxAt(point, offsetWidth + 8, offsetTop, offsetHeight) };
    });
    const kept = new Set(this.groups.roomFor(boxes, taken, { width, height }).map(({ marker }) => marker));
    for (const { marker } of written) if (!kept.has(marker)) marker.remove();
  }

  written(name, point) {
    const icon = this.L.divIcon({ html: element("span", "", name), className: "map-name", iconSize: [0, 0] });
    const marker = this.L.marker(point, { icon, pane: "names", interactive: false, keyboard: false });
    marker.addTo(this.nameLayer).getElement().setAttribute("aria-hidden", "true");
    return marker;
  }

  explain(frame) {
    const { words } = this;
    frame.querySelector("[data-key-here]").hidden = !this.here;
    const lines = [words.beyond, words.unplaced].filter(Boolean);
    frame.querySelector("[data-notes]").replaceChildren(...lines.map((line) => element("p", "quiet", line)));
  }
}

export function openMap(frame, L, parts) {
  return new MapView(frame, L, parts).map;
}
