/* Reads the outline that deploy/local/outline.py writes: rings of numbered arcs, each a row of whole numbers. */

/* Points of an arc as [degrees north, degrees east]: the first, then a step to each next. */
function pointsOf(row, scale, translate) {
  const points = [];
  let [x, y] = [0, 0];
  for (let i = 0; i < row.length; i += 2) {
    x += row[i];
    y += row[i + 1];
    points.push([y * scale[1] + translate[1], x * scale[0] + translate[0]]);
  }
  return points;
}

/* A ring put together of arcs; ~number is an arc the other way round. */
function ringOf(numbers, arcs) {
  return numbers.flatMap((number) => (number < 0 ? [...arcs[~number]].reverse() : arcs[number]));
}

export function decoded({ scale, translate, arcs, land, around, lakes, borders }) {
  const lines = arcs.map((row) => pointsOf(row, scale, translate));
  const rings = (members) => members.map((numbers) => ringOf(numbers, lines));
  return {
    land: rings(land),
    around: rings(around),
    lakes: rings(lakes),
    borders: borders.map((number) => lines[number]),
  };
}
