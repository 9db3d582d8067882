/**
 * How far two orders of the same things are apart: pairs that stand the other way round, of all pairs of the
 * things that both have. Repeated names count once.
 */
export function inversions(a: readonly string[], b: readonly string[]): { inverted: number; pairs: number } {
  const placeInA = new Map(a.map((name, place) => [name, place]));
  const places = [...new Set(b)].map((name) => placeInA.get(name)).filter((place) => place !== undefined);
  return { inverted: countInversions(places), pairs: (places.length * Math.max(0, places.length - 1)) / 2 };
}

/** By merge sort, for lists of thousands. */
function countInversions(places: number[]): number {
  if (places.length < 2) return 0;
  const middle = places.length >> 1;
  const left = places.slice(0, middle);
  const right = places.slice(middle);
  let inverted = countInversions(left) + countInversions(right);
  let l = 0;
  let r = 0;
  for (let at = 0; at < places.length; at++) {
    const fromLeft = left[l];
    const fromRight = right[r];
    if (fromLeft !== undefined && (fromRight === undefined || fromLeft <= fromRight)) {
      places[at] = fromLeft;
      l++;
    } else if (fromRight !== undefined) {
      places[at] = fromRight;
      inverted += left.length - l;
      r++;
    }
  }
  return inverted;
}
