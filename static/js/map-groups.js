/* What stands together on a map, and which names find room on it. Pure: points in pixels in, groups out.

   Of our own, as it is forty lines: a thousand points need no index, and what is an area has rules of its own. */

const NEAR = 46;
const WIDE = 76;

/* Spots {x, y, wide} in the list's order. `wide`: pixels across, of what is an area; 0 of a door. A spot joins the
   first group that is near; what is as wide as it can be seen for what it is stands with areas of its own point
   alone. Every spot is in one group, and each group stands where its first spot does. */
export function groupsOf(spots) {
  const groups = [];
  for (const spot of spots) {
    const isWide = spot.wide >= WIDE;
    const joins = (group) =>
      group.isWide === isWide &&
      Math.hypot(group.x - spot.x, group.y - spot.y) < (isWide ? 1 : NEAR);
    const found = groups.find(joins);
    if (found) {
      found.members.push(spot);
      found.wide = Math.max(found.wide, spot.wide);
    } else {
      groups.push({ x: spot.x, y: spot.y, isWide, wide: spot.wide, members: [spot] });
    }
  }
  return groups;
}

/* How a group looks: "door" and "area" are one alone, "many" doors or both, "areas" nothing but areas, "wide" to scale. */
export function lookOf(group) {
  if (group.isWide) return "wide";
  const areas = group.members.filter((spot) => spot.wide > 0).length;
  if (group.members.length === 1) return areas ? "area" : "door";
  return areas === group.members.length ? "areas" : "many";
}

function overlaps(one, other) {
  return (
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  );
}

function isInside(box, frame) {
  return box.left >= 0 && box.top >= 0 && box.right <= frame.width && box.bottom <= frame.height;
}

/* The boxes that lie whole within the frame and touch neither what is taken nor one before them: of names, the most
   important first. Half a name is another name. */
export function roomFor(boxes, taken, frame) {
  const kept = [];
  for (const box of boxes.filter((each) => isInside(each, frame))) {
    if (![...taken, ...kept].some((other) => overlaps(box, other))) kept.push(box);
  }
  return kept;
}
