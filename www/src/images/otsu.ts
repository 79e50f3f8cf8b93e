/**
 * Otsu's threshold: the grey that parts ink from paper such that the two groups' means lie as far apart as they can
 * for their sizes (the variance between them is largest).
 */

/** The threshold, between 0 and 255: what is darker is ink. Null if there are not two greys to tell apart. */
export function otsu(values: Uint8Array | Float32Array): number | null {
  const counts = new Float64Array(256);
  const total = values.length;
  let sum = 0;
  for (let i = 0; i < total; i++) {
    const grey = Math.round(values[i] ?? 0);
    counts[grey] = (counts[grey] ?? 0) + 1;
    sum += grey;
  }
  let [best, from, to] = [0, -1, -1];
  let dark = 0;
  let darkSum = 0;
  for (let grey = 0; grey < 255; grey++) {
    dark += counts[grey] ?? 0;
    darkSum += grey * (counts[grey] ?? 0);
    const light = total - dark;
    if (dark === 0 || light === 0) continue;
    const apart = darkSum / dark - (sum - darkSum) / light;
    const between = dark * light * apart * apart;
    if (between > best * (1 + 1e-12)) [best, from, to] = [between, grey, grey];
    else if (between >= best * (1 - 1e-12)) to = grey;
  }
  // Where greys are missing many thresholds part the picture alike: the middle one keeps clear of both groups.
  return from < 0 ? null : (from + to + 1) / 2;
}
