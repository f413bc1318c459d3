// Where concepts stand in the drawing: related ones near each other, no name over another, no chance in it.
"use strict";
const minexLayout = (() => {
  const GAP = { x: 22, y: 20 };
  const HEIGHT = 28;

  // Push apart names that overlap, along the way that is shorter.
  const spread = (boxes) => {
    for (let round = 0; round < 300; round += 1) {
      let moved = false;
      for (let i = 0; i < boxes.length; i += 1) {
        for (let j = i + 1; j < boxes.length; j += 1) {
          const [one, two] = [boxes[i], boxes[j]];
          const x = (one.w + two.w) / 2 + GAP.x - Math.abs(one.x - two.x);
          const y = HEIGHT + GAP.y - Math.abs(one.y - two.y);
          if (x <= 0.01 || y <= 0.01) continue;
          moved = true;
          const axis = x < y ? "x" : "y";
          const push = (Math.min(x, y) / 2) * (one[axis] <= two[axis] ? 1 : -1);
          one[axis] -= push;
          two[axis] += push;
        }
      }
      if (!moved) return;
    }
  };

  const extent = (boxes) => ({
    left: Math.min(...boxes.map((box) => box.x - box.w / 2)), right: Math.max(...boxes.map((box) => box.x + box.w / 2)),
    top: Math.min(...boxes.map((box) => box.y)) - HEIGHT / 2, bottom: Math.max(...boxes.map((box) => box.y)) + HEIGHT / 2,
  });

  // One group of related concepts, in a frame that is as large as its names need.
  const place = (group, aspect) => {
    const nodes = group.nodes();
    nodes.forEach((node, number) => {
      const angle = (2 * Math.PI * number) / nodes.length;
      node.position({ x: 200 * Math.cos(angle), y: 200 * Math.sin(angle) });
    });
    group.layout({
      name: "cose", animate: false, randomize: false, fit: false, idealEdgeLength: () => 90, nodeRepulsion: () => 40000,
      nodeOverlap: 10, gravity: 0.6, numIter: 1500,
    }).run();
    const boxes = nodes.map((node) => ({ node, x: node.position("x"), y: node.position("y"), w: node.data("width") }));
    const { left, right, top, bottom } = extent(boxes);
    const area = (boxes.length < 4 ? 0.9 : boxes.length < 12 ? 1.2 : 1.5) * boxes.reduce((sum, box) => sum + (box.w + GAP.x) * (HEIGHT + 2 * GAP.y), 0);
    const width = Math.sqrt(area * aspect);
    for (const box of boxes) {
      box.x *= width / Math.max(right - left, 1);
      box.y *= area / width / Math.max(bottom - top, 1);
    }
    spread(boxes);
    return boxes;
  };

  // Groups side by side in lines, the largest first; of some lengths of a line, the one that fits best.
  const lines = (frames, line) => {
    let [x, y, tall, wide] = [0, 0, 0, 0];
    const spots = frames.map(({ left, right, top, bottom }) => {
      if (x > 0 && x + right - left > line + 1) [x, y, tall] = [0, y + tall + 40, 0];
      const spot = { x: x - left, y: y - top };
      wide = Math.max(wide, x + right - left);
      x += right - left + 50;
      tall = Math.max(tall, bottom - top);
      return spot;
    });
    return { spots, wide, high: y + tall };
  };
  return (cy, aspect) => {
    const groups = cy.elements().components().map((group) => place(group, aspect));
    groups.sort((one, two) => two.length - one.length);
    const frames = groups.map((boxes) => ({ boxes, ...extent(boxes) }));
    const area = frames.reduce((sum, { left, right, top, bottom }) => sum + (right - left + 50) * (bottom - top + 40), 0);
    const widest = Math.max(...frames.map(({ left, right }) => right - left));
    const size = ({ wide, high }) => Math.max(wide / aspect, high);
    const tried = [1, 1.15, 1.3, 1.5].map((times) => lines(frames, Math.max(widest, times * Math.sqrt(area * aspect))));
    const best = tried.reduce((one, two) => (size(two) < size(one) ? two : one), tried[0]);
    frames.forEach(({ boxes }, number) => {
      for (const { node, x, y } of boxes) node.position({ x: x + best.spots[number].x, y: y + best.spots[number].y });
    });
    cy.fit(undefined, 16);
  };
})();
